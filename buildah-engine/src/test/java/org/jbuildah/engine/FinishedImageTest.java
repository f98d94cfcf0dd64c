package org.jbuildah.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.jbuildah.engine.api.BuildResult;
import org.jbuildah.engine.api.BuildResult.Delivered;
import org.jbuildah.engine.api.Output;
import org.jbuildah.engine.oci.Digest;
import org.junit.jupiter.api.Test;

class FinishedImageTest {
    private static final Digest ID = Digest.of(new byte[] {0});
    private static final Digest STORED = Digest.of(new byte[] {1});
    private static final Digest WRITTEN = Digest.of(new byte[] {2});

    @Test
    void anImageInALayoutIsRunByTheTagThatTheLayoutHas() {
        assertThat(lines("localhost:5000/shop:1.0", new Output.OciLayout(Path.of("target/shop-oci"), "")))
                .map(line -> line.replace("--rootless ", ""))
                .containsExactly(
                        "built localhost:5000/shop:1.0: 2 layers, 1.5 MB",
                        "image id " + ID + ", digest " + WRITTEN,
                        "run it with",
                        "  podman run --rm oci:target/shop-oci:1.0",
                        "  skopeo copy oci:target/shop-oci:1.0 docker-daemon:localhost:5000/shop:1.0"
                                + " && docker run --rm localhost:5000/shop:1.0",
                        "  umoci unpack --image target/shop-oci:1.0 bundle && runc run -b bundle NAME");
    }

    @Test
    void anArchiveIsLoadedFirst() {
        assertThat(lines("localhost/shop:1", new Output.DockerArchive(Path.of("shop.tar"), "")))
                .endsWith("run it with", "  docker load -i shop.tar && docker run --rm localhost/shop:1");
    }

    @Test
    void sizesAreSaidInDecimalUnits() {
        assertThat(List.of(FinishedImage.size(999), FinishedImage.size(1000), FinishedImage.size(64_900_000)))
                .containsExactly("999 B", "1.0 kB", "65 MB");
    }

    private static List<String> lines(String name, Output output) {
        Delivered delivered = new Delivered(output, WRITTEN);
        return new FinishedImage(new BuildResult(ID, STORED, List.of(name), 2, 1_500_000, List.of(delivered))).lines();
    }
}
