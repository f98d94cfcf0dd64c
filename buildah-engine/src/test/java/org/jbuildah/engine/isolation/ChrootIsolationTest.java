package org.jbuildah.engine.isolation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.jbuildah.engine.isolation.BusyboxRoot.Outcome;
import org.jbuildah.engine.rootfs.ExitStatus;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
class ChrootIsolationTest {
    @TempDir
    private Path temp;

    private BusyboxRoot root;

    @BeforeEach
    void furnish() throws IOException {
        root = new BusyboxRoot(temp);
    }

    @Test
    void aStepSaysWhatItSaysAndEndsAsItEnds() throws Exception {
        Outcome outcome = root.step("echo out; echo err >&2; exit 7").run();
        assertThat(outcome.err()).isEqualTo("err\n");
        assertThat(outcome.out()).isEqualTo("out\n");
        assertThat(outcome.status()).isEqualTo(new ExitStatus.Exited(7));
    }
}
