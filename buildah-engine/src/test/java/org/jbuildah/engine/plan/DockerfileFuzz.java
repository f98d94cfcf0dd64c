package org.jbuildah.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jbuildah.engine.api.DockerfileInvalid;
import org.jbuildah.engine.api.SourceSpan;
import org.jbuildah.engine.api.SourceText;
import org.jbuildah.engine.dockerfile.Dockerfile;
import org.jbuildah.engine.dockerfile.DockerfileParser;
import org.jbuildah.engine.dockerfile.Instruction;
import org.jbuildah.engine.oci.Platform;

/** Any text is a Dockerfile with a plan, or a letter that can be printed. */
public final class DockerfileFuzz {
    private static final Platform PLATFORM = new Platform("linux", "amd64", "");

    private DockerfileFuzz() {}

    /** Called by the fuzzer, and by {@code SeedsTest}. */
    public static void fuzzerTestOneInput(byte[] data) {
        SourceText text = SourceText.of("Dockerfile", new String(data, StandardCharsets.UTF_8));
        try {
            Dockerfile dockerfile = DockerfileParser.parse(text);
            instructionsStandInOrder(dockerfile);
            Planner.plan(dockerfile, Map.of(), null, PLATFORM);
        } catch (DockerfileInvalid letter) {
            assertThat(letter.what()).as("what").isNotBlank();
            assertThat(letter.letter()).contains("[" + letter.code() + "]");
        }
    }

    private static void instructionsStandInOrder(Dockerfile dockerfile) {
        int line = 0;
        for (Instruction instruction : dockerfile.instructions()) {
            SourceSpan source = instruction.source();
            assertThat(source.firstLine()).isGreaterThan(line).isLessThanOrEqualTo(source.lastLine());
            line = source.lastLine();
            assertThat(instruction.text()).isNotBlank();
            assertThat(source.excerpt()).isNotEmpty();
        }
        assertThat(line).isLessThanOrEqualTo(dockerfile.text().lines().size());
    }
}
