package org.jbuildah.maven;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jbuildah.engine.api.BuildRequest;
import org.jbuildah.engine.api.BuildResult;
import org.jbuildah.engine.api.Cancelled;
import org.jbuildah.engine.oci.Digest;
import org.jbuildah.engine.registry.CredentialLookup;
import org.junit.jupiter.api.Test;

class EngineRunTest {
    private static final BuildRequest REQUEST = BuildRequest.of(Path.of(".")).build();
    private static final BuildResult RESULT =
            new BuildResult(Digest.of(new byte[0]), Digest.of(new byte[0]), List.of(), 0, 0, List.of());

    @Test
    void theEngineIsClosedAfterwards() {
        FakeEngine engine = new FakeEngine(false);

        assertThat(run(engine)).isSameAs(RESULT);
        assertThat(engine.closed).isTrue();
    }

    @Test
    void anInterruptIsALetterAndKeepsTheFlag() {
        FakeEngine engine = new FakeEngine(true);

        assertThatExceptionOfType(Cancelled.class).isThrownBy(() -> run(engine));
        assertThat(Thread.interrupted()).isTrue();
        assertThat(engine.closed).isTrue();
    }

    private static BuildResult run(FakeEngine engine) {
        return new EngineRun((root, events, credentials) -> engine, Runtime.getRuntime(), new CollectingLog())
                .build(Optional.empty(), CredentialLookup.none(), REQUEST);
    }

    private static final class FakeEngine implements EngineDoor.Engine {
        private final boolean interrupted;
        private boolean closed;

        FakeEngine(boolean interrupted) {
            this.interrupted = interrupted;
        }

        @Override
        public BuildResult build(BuildRequest request) throws InterruptedException {
            if (interrupted) {
                throw new InterruptedException();
            }
            return RESULT;
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}
