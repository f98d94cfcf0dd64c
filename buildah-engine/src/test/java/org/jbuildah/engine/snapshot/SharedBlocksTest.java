package org.jbuildah.engine.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SharedBlocksTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @Test
    void copiesShareBlocksWhereTheyCan() throws Exception {
        String obstacle = obstacle();
        if (!obstacle.isEmpty()) {
            System.out.println("Skipped: " + obstacle);
        }
        assumeTrue(obstacle.isEmpty(), obstacle);

        assertThat(Namespace.REAL_ROOT.run(directory, "vfs", SharedBlocksScenarios.class))
                .hasSize(2)
                .allSatisfy(
                        (scenario, failure) -> assertThat(failure).as(scenario).isEmpty());
    }

    private static String obstacle() throws Exception {
        if (SharedBlocksScenarios.MAKERS.stream().noneMatch(Files::isExecutable)) {
            return "none of " + SharedBlocksScenarios.MAKERS + " is installed";
        }
        if (!Files.exists(Path.of("/dev/loop-control"))) {
            return "there are no loop devices";
        }
        return Namespace.REAL_ROOT.obstacle();
    }
}
