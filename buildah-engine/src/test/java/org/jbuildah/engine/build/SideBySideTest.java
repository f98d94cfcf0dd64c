package org.jbuildah.engine.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jbuildah.engine.api.DockerfileInvalid;
import org.jbuildah.engine.api.FailureCode;
import org.jbuildah.engine.api.StepFailed;
import org.jbuildah.engine.oci.ContainerConfig;
import org.jbuildah.engine.oci.ImageConfig;
import org.jbuildah.engine.progress.BuildEvent;
import org.jbuildah.engine.rootfs.ExitStatus;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Stages at the same time. */
@Timeout(30)
class SideBySideTest {
    private static final String[] TWO_TOOLS = {
        "FROM scratch AS one",
        "RUN [\"/one\"]",
        "FROM scratch AS two",
        "RUN [\"/two\"]",
        "FROM scratch",
        "COPY --from=one /ran /one",
        "COPY --from=two /ran /two",
    };

    @TempDir
    private Path folder;

    private TestBuild build;

    @BeforeEach
    void open() throws IOException {
        build = new TestBuild(folder);
    }

    @AfterEach
    void close() {
        build.close();
    }

    @Test
    void independentStagesRunAtTheSameTime() throws Exception {
        CyclicBarrier both = new CyclicBarrier(2);
        build.rootfs.running = process -> {
            meet(both);
            return new ExitStatus.Exited(0);
        };

        ImageConfig image = build.jobs(0).build(TWO_TOOLS);

        assertThat(build.files(image)).containsOnlyKeys("one", "two");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void noMoreStagesWorkThanThereAreJobs(int jobs) throws Exception {
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        build.rootfs.running = process -> {
            most.accumulateAndGet(now.incrementAndGet(), Math::max);
            Thread.sleep(20);
            now.decrementAndGet();
            return new ExitStatus.Exited(0);
        };

        build.jobs(jobs)
                .everyStage()
                .build(
                        "FROM scratch AS a",
                        "RUN [\"/a\"]",
                        "FROM scratch AS b",
                        "RUN [\"/b\"]",
                        "FROM scratch AS c",
                        "RUN [\"/c\"]",
                        "FROM a AS d",
                        "RUN [\"/d\"]",
                        "FROM d",
                        "COPY --from=c / /");

        assertThat(most.get()).isBetween(1, jobs);
        assertThat(build.rootfs.processes).hasSize(4);
    }

    @Test
    void aWaitingStageLeavesItsPlaceToOthers() throws Exception {
        ImageConfig image = build.jobs(2)
                .build(
                        "FROM scratch AS x",
                        "COPY --from=y /ran /y",
                        "FROM scratch AS w",
                        "COPY --from=y /ran /y",
                        "FROM scratch AS y",
                        "RUN [\"/y\"]",
                        "FROM x",
                        "COPY --from=w / /w/");

        assertThat(build.files(image)).containsKeys("y", "w/y");
        assertThat(build.rootfs.processes).hasSize(1);
    }

    @Test
    void theNumberOfJobsDoesNotChangeWhatComesOut(@TempDir Path other) throws Exception {
        ImageConfig sideBySide = build.jobs(0).build(TWO_TOOLS);

        try (TestBuild alone = new TestBuild(other)) {
            assertThat(alone.jobs(1).build(TWO_TOOLS)).isEqualTo(sideBySide);
        }
    }

    @Test
    void aStepThatTwoStagesShareIsMadeOnceEvenWithoutTheCache() throws Exception {
        build.jobs(0)
                .withoutCache()
                .build(
                        "FROM scratch AS a",
                        "RUN [\"/same\"]",
                        "FROM scratch AS b",
                        "RUN [\"/same\"]",
                        "FROM a",
                        "COPY --from=b /ran /b");

        assertThat(build.rootfs.processes).hasSize(1);
    }

    @Test
    void aFailureEndsTheOthersAndIsTheOneThatIsTold() {
        CountDownLatch slowBegan = new CountDownLatch(1);
        AtomicReference<Throwable> slow = new AtomicReference<>();
        build.rootfs.running = process -> {
            if (process.arguments().get(0).equals("/one")) {
                slowBegan.await();
                return new ExitStatus.Exited(7);
            }
            slowBegan.countDown();
            try {
                Thread.sleep(Duration.ofMinutes(1).toMillis());
            } catch (InterruptedException ended) {
                slow.set(ended);
                throw ended;
            }
            return new ExitStatus.Exited(0);
        };

        assertThatExceptionOfType(StepFailed.class)
                .isThrownBy(() -> build.jobs(0).build(TWO_TOOLS))
                .withMessageContaining("exit code 7")
                .satisfies(letter ->
                        assertThat(letter.where().orElseThrow().firstLine()).isEqualTo(2));
        assertThat(slow.get()).isInstanceOf(InterruptedException.class);
    }

    @Test
    void anInterruptEndsEveryStage() throws Exception {
        CountDownLatch began = new CountDownLatch(2);
        AtomicInteger ended = new AtomicInteger();
        build.rootfs.running = process -> {
            began.countDown();
            try {
                Thread.sleep(Duration.ofMinutes(1).toMillis());
            } catch (InterruptedException e) {
                ended.incrementAndGet();
                throw e;
            }
            return new ExitStatus.Exited(0);
        };
        AtomicReference<Throwable> heard = new AtomicReference<>();
        Thread caller = new Thread(() -> {
            try {
                build.jobs(0).build(TWO_TOOLS);
            } catch (InterruptedException | RuntimeException e) {
                heard.set(e);
            }
        });
        caller.start();
        assertThat(began.await(10, TimeUnit.SECONDS)).isTrue();

        caller.interrupt();
        caller.join();

        assertThat(heard.get()).isInstanceOf(InterruptedException.class);
        assertThat(ended.get()).isEqualTo(2);
    }

    @Test
    void outputSaysWhichStageWroteIt() throws Exception {
        build.rootfs.out = "said";
        build.jobs(0).build(TWO_TOOLS);

        assertThat(build.events)
                .filteredOn(BuildEvent.ProcessOutput.class::isInstance)
                .map(event -> (BuildEvent.ProcessOutput) event)
                .filteredOn(output -> output.bytes().length > 0)
                .extracting(output -> output.stage() + " " + output.number() + " " + new String(output.bytes()))
                .containsExactlyInAnyOrder("one 1 said", "two 1 said");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void triggersOfBaseImagesThatNeedEachOtherAreRefused(int jobs) throws Exception {
        build.image("a", onBuild("COPY --from=b / /b/"), List.of());
        build.image("b", onBuild("COPY --from=a / /a/"), List.of());

        assertThatExceptionOfType(DockerfileInvalid.class)
                .isThrownBy(() -> build.jobs(jobs)
                        .build("FROM a AS a", "FROM b AS b", "FROM scratch", "COPY --from=a / /", "COPY --from=b / /"))
                .satisfies(letter -> assertThat(letter.code()).isEqualTo(FailureCode.STAGE_CYCLE));
    }

    private static ContainerConfig onBuild(String trigger) {
        return ContainerConfig.EMPTY.with().onBuild(List.of(trigger)).build();
    }

    private static void meet(CyclicBarrier others) throws IOException, InterruptedException {
        try {
            others.await(20, TimeUnit.SECONDS);
        } catch (BrokenBarrierException | TimeoutException alone) {
            throw new IOException("nobody runs beside this", alone);
        }
    }
}
