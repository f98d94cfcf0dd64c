package org.jbuildah.engine.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.Pipe;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.jbuildah.engine.api.FailureCode;
import org.jbuildah.engine.api.SourceSpan;
import org.jbuildah.engine.api.SourceText;
import org.jbuildah.engine.api.StepFailed;
import org.jbuildah.engine.oci.Digest;
import org.jbuildah.engine.progress.BuildEvent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ChannelTest {
    private static final Digest DIGEST = Digest.of(new byte[0]);

    private final Streams streams = new Streams();
    private final AtomicReference<Channel.Answers> answers = new AtomicReference<>(question -> new Answer.Done());
    private final List<BuildEvent> heard = new ArrayList<>();
    private final Pipe toThere = Pipe.open();
    private final Pipe toHere = Pipe.open();
    private final Channel here;
    private final Channel there;

    ChannelTest() throws IOException {
        here = new Channel(
                Channels.newInputStream(toHere.source()),
                Channels.newOutputStream(toThere.sink()),
                question -> new Answer.Done(),
                heard::add);
        there = new Channel(
                Channels.newInputStream(toThere.source()),
                Channels.newOutputStream(toHere.sink()),
                question -> answers.get().answer(question),
                event -> {});
    }

    @AfterEach
    void close() {
        here.close();
        there.close();
    }

    private Object streamed(Question<?> question, byte[] content) throws IOException {
        return question instanceof Question.More more
                ? streams.next(more.stream())
                : streams.first(new ByteArrayInputStream(content));
    }

    @Test
    void aStreamOfAnySizeArrivesWhole() throws Exception {
        for (int size : List.of(0, 1, Answer.Chunk.SIZE - 1, Answer.Chunk.SIZE, 3 * Answer.Chunk.SIZE + 7)) {
            byte[] content = new byte[size];
            new Random(size).nextBytes(content);
            answers.set(question -> streamed(question, content));

            try (InputStream read = AskedBytes.of(here, new Question.OpenBlob(DIGEST))) {
                assertThat(read.readAllBytes()).isEqualTo(content);
            }
        }
    }

    @Test
    void aFailureReadsHereAsItDidThere() {
        SourceSpan place = new SourceSpan(SourceText.of("Dockerfile", "RUN false\n"), 1, 1);
        StepFailed failure = new StepFailed(FailureCode.RUN_EXITED, "RUN ended with 1.", "Mend it.")
                .withOutput(List.of("no such file"))
                .at(place);
        answers.set(question -> {
            throw failure;
        });

        assertThatExceptionOfType(StepFailed.class)
                .isThrownBy(() -> here.ask(new Question.OpenBlob(DIGEST)))
                .satisfies(letter -> assertThat(letter.letter()).isEqualTo(failure.letter()));
    }

    @Test
    void aFailureOfInputOrOutputStaysOne() {
        answers.set(question -> {
            throw new IOException("disk full");
        });

        assertThatThrownBy(() -> here.ask(new Question.OpenBlob(DIGEST)))
                .isInstanceOf(IOException.class)
                .hasMessage("disk full");
    }

    @Test
    void anOpenQuestionFailsWhenTheOtherSideGoes() throws Exception {
        CompletableFuture<Void> asked = new CompletableFuture<>();
        answers.set(question -> {
            asked.complete(null);
            Thread.sleep(60_000);
            return new Answer.Done();
        });
        CompletableFuture<Object> answer = CompletableFuture.supplyAsync(() -> {
            try {
                return here.ask(new Question.OpenBlob(DIGEST));
            } catch (IOException | InterruptedException e) {
                return e;
            }
        });

        asked.get();
        toHere.sink().close();

        assertThat(answer.get()).isInstanceOf(Channel.Gone.class);
        assertThatThrownBy(() -> here.ask(new Question.OpenBlob(DIGEST))).isInstanceOf(Channel.Gone.class);
    }

    @Test
    void eventsComeInTheirOrderAndBeforeTheAnswer() throws Exception {
        answers.set(question -> {
            for (int i = 0; i < 100; i++) {
                there.tell(new BuildEvent.Warned("" + i));
            }
            return new Answer.Chunk(0, new byte[0], true);
        });

        here.ask(new Question.OpenBlob(DIGEST));

        assertThat(heard).hasSize(100);
        assertThat(heard.get(99)).isEqualTo(new BuildEvent.Warned("99"));
    }

    @Test
    void manyAskAtOnceAndEachIsAnswered() throws InterruptedException, ExecutionException {
        answers.set(question -> new Answer.Chunk(((Question.More) question).stream(), new byte[0], true));
        List<CompletableFuture<Integer>> asked = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            int number = i;
            asked.add(CompletableFuture.supplyAsync(() -> {
                try {
                    return here.ask(new Question.More(number)).stream();
                } catch (IOException | InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }));
        }

        for (int i = 0; i < asked.size(); i++) {
            assertThat(asked.get(i).get()).isEqualTo(i);
        }
    }
}
