package org.jbuildah.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.jbuildah.engine.api.BuildException;
import org.jbuildah.engine.api.SourceText;
import org.jbuildah.engine.dockerfile.DockerfileParser;
import org.jbuildah.engine.oci.Platform;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every text that a Dockerfile can be refused with, by parser or planner: one folder each. */
class InvalidDockerfilesTest {
    static Stream<Path> cases() throws IOException {
        try (Stream<Path> cases = Files.list(Path.of("src/test/resources/dockerfile-invalid"))) {
            return cases.sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void areRefusedByALetter(Path folder) throws IOException {
        SourceText text = SourceText.of("Dockerfile", Files.readString(folder.resolve("Dockerfile")));

        BuildException refusal = catchThrowableOfType(
                BuildException.class,
                () -> Planner.plan(DockerfileParser.parse(text), Map.of(), null, new Platform("linux", "amd64", "")));

        assertThat(refusal).isNotNull();
        assertThat(refusal.letter() + "\n").isEqualTo(Files.readString(folder.resolve("message.txt")));
    }
}
