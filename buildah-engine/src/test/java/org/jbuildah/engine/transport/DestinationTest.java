package org.jbuildah.engine.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.jbuildah.engine.api.Output;
import org.jbuildah.engine.api.RequestInvalid;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DestinationTest {
    @Test
    void isReadAsTheToolsWriteIt() {
        assertThat(Destination.parse("docker://quay.io/a/b:1")).isEqualTo(new Output.Registry("quay.io/a/b:1"));
        assertThat(Destination.parse("localhost:5000/shop"))
                .isEqualTo(new Output.Registry("localhost:5000/shop:latest"));
        assertThat(Destination.parse("oci:/tmp/x")).isEqualTo(new Output.OciLayout(Path.of("/tmp/x"), ""));
        assertThat(Destination.parse("oci:x:1.0")).isEqualTo(new Output.OciLayout(Path.of("x"), "1.0"));
        assertThat(Destination.parse("oci-archive:x.tar")).isEqualTo(new Output.OciArchive(Path.of("x.tar"), ""));
        assertThat(Destination.parse("docker-archive:x.tar:shop:1.0"))
                .isEqualTo(new Output.DockerArchive(Path.of("x.tar"), "shop:1.0"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"docker:shop", "oci:", "oci::x", "dir:/x", "containers-storage:x", "docker://Shop", ""})
    void isRefusedWhenItIsNone(String text) {
        assertThatThrownBy(() -> Destination.parse(text)).isInstanceOf(RequestInvalid.class);
    }
}
