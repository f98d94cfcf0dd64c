package org.jbuildah.engine.oci;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a build came to, for other programs.
 *
 * @see <a href="https://docs.docker.com/reference/cli/docker/buildx/build/#metadata-file">docker buildx build: --metadata-file</a>
 */
final class MetadataJson {
    private MetadataJson() {}

    static byte[] write(@Nullable Digest imageId, Descriptor manifest, List<String> names) {
        JsonText json = new JsonText().open('{');
        if (imageId != null) {
            json.field("containerimage.config.digest", imageId.toString());
        }
        ManifestJson.descriptor(json.name("containerimage.descriptor"), manifest);
        json.field("containerimage.digest", manifest.digest().toString());
        json.fieldUnlessEmpty("image.name", String.join(",", names));
        return json.close('}').bytes();
    }
}
