package org.jbuildah.engine.oci;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The documents of the image spec as bytes, and back. Output is what Go's encoder would write (order of fields by the
 * specification's structs, {@code <}, {@code >} and {@code &} escaped, no white space), so that equal images have equal ids.
 *
 * <p>Reading ignores fields it does not know, and refuses known ones of another type.
 */
public final class Json {
    private Json() {}

    /** @throws IllegalArgumentException if it is not a config; the message says what is wrong */
    public static ImageConfig parseConfig(byte[] json) {
        return ConfigJson.read(JsonObjectView.parse("the image config", json));
    }

    public static byte[] write(ImageConfig config) {
        return ConfigJson.write(config);
    }

    /** @throws IllegalArgumentException if it is not an image manifest; the message says what is wrong */
    public static Manifest parseManifest(byte[] json) {
        return ManifestJson.readManifest(JsonObjectView.parse("the manifest", json));
    }

    public static byte[] write(Manifest manifest) {
        return ManifestJson.write(manifest);
    }

    /** @throws IllegalArgumentException if it is not an index; the message says what is wrong */
    public static Index parseIndex(byte[] json) {
        return ManifestJson.readIndex(JsonObjectView.parse("the index", json));
    }

    public static byte[] write(Index index) {
        return ManifestJson.write(index);
    }

    /**
     * The {@code mediaType} of a manifest or index document; deduced from its fields where it does not say.
     *
     * @throws IllegalArgumentException if it is neither, or could be taken for both
     */
    public static String mediaTypeOf(byte[] json) {
        return ManifestJson.mediaTypeOf(JsonObjectView.parse("the manifest", json));
    }

    /** The {@code manifest.json} of a docker archive that holds one image. */
    public static byte[] writeDockerArchiveManifest(String config, List<String> repoTags, List<String> layers) {
        JsonText json = new JsonText().open('[').element().open('{');
        json.field("Config", config);
        json.list("RepoTags", repoTags, JsonText::value);
        json.list("Layers", layers, JsonText::value);
        return json.close('}').close(']').bytes();
    }

    /**
     * BuildKit's {@code --metadata-file}.
     *
     * @param imageId null for an index
     */
    public static byte[] writeMetadata(@Nullable Digest imageId, Descriptor manifest, List<String> names) {
        return MetadataJson.write(imageId, manifest, names);
    }

    /** {@code repository -> tag -> image id}, the {@code repositories} file of a docker archive. */
    public static byte[] writeDockerRepositories(Map<String, Map<String, String>> repositories) {
        JsonText json = new JsonText().open('{');
        repositories.forEach((repository, tags) -> {
            json.name(repository).open('{');
            tags.forEach(json::field);
            json.close('}');
        });
        return json.close('}').bytes();
    }
}
