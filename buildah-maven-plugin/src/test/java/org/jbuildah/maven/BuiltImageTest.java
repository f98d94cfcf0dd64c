package org.jbuildah.maven;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.jbuildah.engine.api.BuildResult;
import org.jbuildah.engine.api.BuildResult.Delivered;
import org.jbuildah.engine.api.Output;
import org.jbuildah.engine.oci.Digest;
import org.junit.jupiter.api.Test;

class BuiltImageTest {
    private static final Digest ID = Digest.of(new byte[] {0});
    private static final Digest STORED = Digest.of(new byte[] {1});
    private static final Digest WRITTEN = Digest.of(new byte[] {2});
    private static final Digest PUSHED = Digest.of(new byte[] {3});

    @Test
    void theDigestIsThatOfThePushedManifest() {
        Delivered layout = new Delivered(new Output.OciLayout(Path.of("x"), ""), WRITTEN);
        Delivered push = new Delivered(new Output.Registry("r.example.com/shop:1"), PUSHED);

        assertThat(digest(layout, push)).isEqualTo(PUSHED.toString());
        assertThat(digest(layout)).isEqualTo(WRITTEN.toString());
        assertThat(digest()).isEqualTo(STORED.toString());
    }

    @Test
    void idAndNameAreTold() {
        BuiltImage image = new BuiltImage(new BuildResult(ID, STORED, List.of("localhost/shop:1"), 1, 10, List.of()));

        assertThat(image.properties())
                .containsEntry("image.id", ID.toString())
                .containsEntry("image.name", "localhost/shop:1");
        assertThat(image.summary())
                .startsWith("built localhost/shop:1: 1 layer, 10 B", "image id " + ID + ", digest " + STORED);
    }

    private static String digest(Delivered... delivered) {
        BuildResult result = new BuildResult(ID, STORED, List.of(), 2, 10, List.of(delivered));
        return String.valueOf(new BuiltImage(result).properties().get("image.digest"));
    }
}
