package org.jbuildah.engine.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.jbuildah.engine.oci.ImageConfig;
import org.jbuildah.engine.rootfs.MountSpec;
import org.jbuildah.engine.rootfs.ProcessSpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The words that are executed and the lines of history are those that BuildKit was seen to write. */
class RunHeredocTest {
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
    void aloneItIsAScriptForTheShell() throws Exception {
        ImageConfig image = build.build("FROM scratch", "RUN <<EOF", "false", "echo $x > /o", "EOF");

        assertThat(process().arguments()).containsExactly("/bin/sh", "-c", "false\necho $x > /o\n");
        assertThat(note(image)).isEqualTo("RUN /bin/sh -c false\necho $x > /o\n # buildkit");
    }

    @Test
    void theImagesShellGetsTheScript() throws Exception {
        build.build("FROM scratch", "SHELL [\"/bin/sh\", \"-exc\"]", "RUN <<-'EOF'", "\techo s > /o", "\tEOF");

        assertThat(process().arguments()).containsExactly("/bin/sh", "-exc", "echo s > /o\n");
    }

    @Test
    void aScriptThatNamesItsInterpreterIsAFileThatTheShellExecutes() throws Exception {
        ImageConfig image = build.build("FROM scratch", "RUN <<-EOF", "\t#!/bin/awk -f", "\tBEGIN { exit }", "EOF");

        assertThat(process().arguments()).containsExactly("/bin/sh", "-c", "/dev/pipes/EOF");
        assertThat(note(image)).isEqualTo("RUN /bin/sh -c /dev/pipes/EOF # buildkit");
        assertThat(script()).isEqualTo("#!/bin/awk -f\nBEGIN { exit }\n");
    }

    @Test
    void anotherFileToExecuteIsNoCacheHit() throws Exception {
        build.build("FROM scratch", "RUN <<EOF", "#!/bin/sh", "one", "EOF");
        build.build("FROM scratch", "RUN <<EOF", "#!/bin/sh", "two", "EOF");
        build.build("FROM scratch", "RUN <<EOF", "#!/bin/sh", "two", "EOF");

        assertThat(build.rootfs.processes).hasSize(2);
    }

    @Test
    void theInputOfACommandIsLeftToTheShell() throws Exception {
        ImageConfig image =
                build.build("FROM scratch", "RUN cat <<A > /a && cat <<-\"B\" > /b", "in a", "A", "\tin b", "B");

        String line = "cat <<A > /a && cat <<-\"B\" > /b\nin a\nA\n\tin b\nB";
        assertThat(process().arguments()).containsExactly("/bin/sh", "-c", line);
        assertThat(note(image)).isEqualTo("RUN /bin/sh -c " + line + " # buildkit");
    }

    @Test
    void aTriggerOfTheBaseImageMayHoldOne() throws Exception {
        build.build("FROM scratch AS base", "ONBUILD RUN <<EOF", "echo later", "EOF", "FROM base", "LABEL a=b");

        assertThat(process().arguments()).containsExactly("/bin/sh", "-c", "echo later\n");
    }

    private ProcessSpec process() {
        List<ProcessSpec> processes = build.rootfs.processes;
        assertThat(processes).hasSize(1);
        return processes.get(0);
    }

    private String script() {
        return process().mounts().stream()
                .map(mount -> (MountSpec.GeneratedFile) mount)
                .filter(file -> file.target().equals("/dev/pipes/EOF") && file.mode() == 0755)
                .map(file -> new String(file.content(), StandardCharsets.UTF_8))
                .findFirst()
                .orElseThrow();
    }

    private static String note(ImageConfig image) {
        return image.history().get(image.history().size() - 1).createdBy();
    }
}
