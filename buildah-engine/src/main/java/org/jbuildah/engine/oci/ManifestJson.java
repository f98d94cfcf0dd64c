package org.jbuildah.engine.oci;

/**
 * Manifests, indexes and their descriptors in JSON, fields in the order of image-spec's structs.
 *
 * @see <a href="https://github.com/opencontainers/image-spec/tree/main/specs-go/v1">image-spec: specs-go</a>
 */
final class ManifestJson {
    private ManifestJson() {}

    static byte[] write(Manifest manifest) {
        JsonText json = new JsonText().open('{');
        json.field("schemaVersion", 2);
        json.fieldUnlessEmpty("mediaType", manifest.mediaType());
        descriptor(json.name("config"), manifest.config());
        json.list("layers", manifest.layers(), ManifestJson::descriptor);
        json.map("annotations", manifest.annotations());
        return json.close('}').bytes();
    }

    static byte[] write(Index index) {
        JsonText json = new JsonText().open('{');
        json.field("schemaVersion", 2);
        json.fieldUnlessEmpty("mediaType", index.mediaType());
        json.list("manifests", index.manifests(), ManifestJson::descriptor);
        json.map("annotations", index.annotations());
        return json.close('}').bytes();
    }

    static void descriptor(JsonText json, Descriptor descriptor) {
        json.open('{');
        json.fieldUnlessEmpty("mediaType", descriptor.mediaType());
        json.field("digest", descriptor.digest().toString());
        json.field("size", descriptor.size());
        json.map("annotations", descriptor.annotations());
        Platform platform = descriptor.platform();
        if (platform != null) {
            json.name("platform").open('{');
            json.field("architecture", platform.architecture());
            json.field("os", platform.os());
            json.fieldUnlessEmpty("variant", platform.variant());
            json.close('}');
        }
        json.close('}');
    }

    static Manifest readManifest(JsonObjectView json) {
        String mediaType = mediaTypeOf(json);
        if (!MediaType.isManifest(mediaType)) {
            throw new IllegalArgumentException("the manifest is of media type \"" + mediaType + "\", and so no image");
        }
        return new Manifest(
                mediaType,
                descriptor(json.requiredObject("config")),
                json.objects("layers", ManifestJson::descriptor),
                json.map("annotations"));
    }

    static Index readIndex(JsonObjectView json) {
        String mediaType = mediaTypeOf(json);
        if (!MediaType.isIndex(mediaType)) {
            throw new IllegalArgumentException("the index is of media type \"" + mediaType + "\"");
        }
        return new Index(mediaType, json.objects("manifests", ManifestJson::descriptor), json.map("annotations"));
    }

    private static Descriptor descriptor(JsonObjectView json) {
        JsonObjectView platform = json.object("platform");
        long size = json.requiredNumber("size");
        if (size < 0) {
            throw new IllegalArgumentException("the size of a descriptor is " + size);
        }
        return new Descriptor(
                json.string("mediaType"),
                json.parsed("digest", Digest::parse),
                size,
                json.map("annotations"),
                platform == null
                        ? null
                        : new Platform(
                                platform.string("os"), platform.string("architecture"), platform.string("variant")));
    }

    static String mediaTypeOf(JsonObjectView json) {
        if (json.has("schemaVersion") && json.number("schemaVersion") != 2) {
            throw new IllegalArgumentException("the manifest has schemaVersion " + json.number("schemaVersion")
                    + "; only 2 is read here, version 1 was given up by all registries");
        }
        boolean manifest = json.has("layers") || json.has("config");
        boolean index = json.has("manifests");
        if (manifest && index) { // the two readings would be two images under one digest
            throw new IllegalArgumentException("the manifest has both \"layers\" and \"manifests\"");
        }
        String said = json.string("mediaType");
        if ((MediaType.isManifest(said) && index) || (MediaType.isIndex(said) && manifest)) {
            throw new IllegalArgumentException(
                    "the manifest says it is \"" + said + "\", and its fields say otherwise");
        }
        if (!said.isEmpty()) {
            return said;
        }
        if (index) {
            return MediaType.OCI_INDEX;
        }
        if (!manifest) {
            throw new IllegalArgumentException("the manifest has neither \"layers\" nor \"manifests\"");
        }
        JsonObjectView config = json.object("config");
        boolean docker = config != null && config.string("mediaType").equals(MediaType.DOCKER_CONFIG);
        return docker ? MediaType.DOCKER_MANIFEST : MediaType.OCI_MANIFEST;
    }
}
