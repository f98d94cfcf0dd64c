package org.jbuildah.engine.remote;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.jbuildah.engine.progress.BuildEvent;
import org.jbuildah.engine.progress.EventSink;

/**
 * Two streams between two processes, over which each side asks the other and tells it what happens. From any number of threads; questions
 * are answered side by side.
 *
 * <p>Law: when the other side has gone, every question that is open, and every later one, fails with {@link Gone}.
 */
final class Channel implements AutoCloseable {
    private static final Form QUESTION = Forms.of(Question.class);
    private static final Form EVENT = Forms.of(BuildEvent.class);
    private static final Form LETTER = Forms.of(Letter.class);

    private final DataInputStream in;
    private final DataOutputStream out;
    private final Answers answers;
    private final EventSink events;
    private final ExecutorService answering;
    private final AtomicInteger last = new AtomicInteger();
    private final Map<Integer, CompletableFuture<Frame>> open = new ConcurrentHashMap<>();
    private final CompletableFuture<Void> end = new CompletableFuture<>();

    /** The other side is not there any more. */
    static final class Gone extends IOException {
        private static final long serialVersionUID = 1L;

        Gone(String why) {
            super(why);
        }
    }

    /** Answers what the other side asks; a failure becomes the other side's. */
    interface Answers {
        Object answer(Question<?> question) throws IOException, InterruptedException;
    }

    /** @param events hears what the other side tells */
    Channel(InputStream in, OutputStream out, Answers answers, EventSink events) {
        this.in = new DataInputStream(new BufferedInputStream(in));
        this.out = new DataOutputStream(new BufferedOutputStream(out));
        this.answers = answers;
        this.events = events;
        this.answering = Executors.newCachedThreadPool(Channel::daemon);
        daemon(this::listen).start();
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "jbuildah-helper-channel");
        thread.setDaemon(true);
        return thread;
    }

    private void listen() {
        try {
            while (true) {
                heard(Frame.read(in));
            }
        } catch (IOException ended) {
            finish(new Gone(String.valueOf(ended.getMessage())));
        } catch (RuntimeException fault) {
            finish(new Gone(fault.toString()));
        }
    }

    private void finish(Gone gone) {
        end.complete(null);
        open.values().forEach(asked -> asked.completeExceptionally(gone));
        answering.shutdownNow();
    }

    private void heard(Frame frame) throws IOException {
        switch (frame.kind()) {
            case EVENT -> events.event((BuildEvent) frame.value(EVENT));
            case QUESTION -> {
                Question<?> question = (Question<?>) frame.value(QUESTION);
                answering.execute(() -> answer(frame.number(), question));
            }
            case ANSWER, REFUSAL -> {
                CompletableFuture<Frame> asked = open.remove(frame.number());
                if (asked != null) {
                    asked.complete(frame);
                }
            }
        }
    }

    private void answer(int number, Question<?> question) {
        try {
            send(answered(number, question));
        } catch (IOException gone) {
            end.complete(null); // nobody waits for it any more
        }
    }

    private Frame answered(int number, Question<?> question) throws IOException {
        try {
            Object answer = answers.answer(question);
            return Frame.of(Frame.Kind.ANSWER, number, Forms.of(question.answer()), answer);
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
            return Frame.of(Frame.Kind.REFUSAL, number, LETTER, Letter.of(new InterruptedIOException("interrupted")));
        } catch (IOException | RuntimeException | LinkageError | StackOverflowError failure) {
            return Frame.of(Frame.Kind.REFUSAL, number, LETTER, Letter.of(failure));
        }
    }

    private void send(Frame frame) throws IOException {
        synchronized (out) {
            frame.write(out);
            out.flush();
        }
    }

    /** A pipe that nobody reads is how it shows, most often, that the other side has gone. */
    private void sendToSomeone(Frame frame) throws Gone {
        try {
            send(frame);
        } catch (IOException broken) {
            throw new Gone(String.valueOf(broken.getMessage()));
        }
    }

    /**
     * Asks and waits for the answer.
     *
     * @throws org.jbuildah.engine.api.BuildException that the other side failed with
     * @throws Gone if the other side is not there any more
     */
    <A> A ask(Question<A> question) throws IOException, InterruptedException {
        int number = last.incrementAndGet();
        CompletableFuture<Frame> asked = new CompletableFuture<>();
        open.put(number, asked);
        if (end.isDone()) {
            open.remove(number);
            throw new Gone("the other side has gone");
        }
        try {
            sendToSomeone(Frame.of(Frame.Kind.QUESTION, number, QUESTION, question));
            return read(asked.get(), question);
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof Gone gone ? gone : new IOException(failed.getCause());
        } finally {
            open.remove(number);
        }
    }

    private static <A> A read(Frame frame, Question<A> question) throws IOException {
        if (frame.kind() == Frame.Kind.REFUSAL) {
            throw ((Letter) frame.value(LETTER)).rethrown();
        }
        return question.answer().cast(frame.value(Forms.of(question.answer())));
    }

    /** As {@link #ask}, where an interrupt can only be told as a failure of input. */
    <A> A askForFiles(Question<A> question) throws IOException {
        try {
            return ask(question);
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
            InterruptedIOException interrupted = new InterruptedIOException("interrupted");
            interrupted.initCause(ending);
            throw interrupted;
        }
    }

    /** Tells and does not wait. Once the other side has gone there is nobody to tell. */
    void tell(BuildEvent event) {
        try {
            send(Frame.of(Frame.Kind.EVENT, 0, EVENT, event));
        } catch (IOException gone) {
            end.complete(null);
        }
    }

    /** Waits until the other side has gone. */
    void awaitEnd() throws InterruptedException {
        try {
            end.get();
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Ends what this side sends, which the other side takes as the end of everything. */
    @Override
    public void close() {
        try {
            out.close();
        } catch (IOException gone) {
            end.complete(null);
        }
        answering.shutdownNow();
    }
}
