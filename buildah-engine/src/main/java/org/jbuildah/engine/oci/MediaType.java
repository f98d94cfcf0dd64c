package org.jbuildah.engine.oci;

/**
 * The media types of images, OCI's and Docker's.
 *
 * @see <a href="https://github.com/opencontainers/image-spec/blob/main/media-types.md">image-spec: media types</a>
 * @see <a href="https://distribution.github.io/distribution/spec/manifest-v2-2/">docker manifest v2 schema 2</a>
 */
public final class MediaType {
    public static final String OCI_INDEX = "application/vnd.oci.image.index.v1+json";
    public static final String OCI_MANIFEST = "application/vnd.oci.image.manifest.v1+json";
    public static final String OCI_CONFIG = "application/vnd.oci.image.config.v1+json";
    public static final String OCI_LAYER = "application/vnd.oci.image.layer.v1.tar";
    public static final String OCI_LAYER_GZIP = "application/vnd.oci.image.layer.v1.tar+gzip";
    public static final String OCI_LAYER_ZSTD = "application/vnd.oci.image.layer.v1.tar+zstd";
    public static final String DOCKER_LIST = "application/vnd.docker.distribution.manifest.list.v2+json";
    public static final String DOCKER_MANIFEST = "application/vnd.docker.distribution.manifest.v2+json";
    public static final String DOCKER_CONFIG = "application/vnd.docker.container.image.v1+json";
    public static final String DOCKER_LAYER = "application/vnd.docker.image.rootfs.diff.tar";
    public static final String DOCKER_LAYER_GZIP = "application/vnd.docker.image.rootfs.diff.tar.gzip";

    private MediaType() {}

    /** The type of a layer in a family; Docker's has none for zstd. */
    public static String layer(ImageFormat format, Compression compression) {
        boolean oci = format == ImageFormat.OCI;
        return switch (compression) {
            case NONE -> oci ? OCI_LAYER : DOCKER_LAYER;
            case GZIP -> oci ? OCI_LAYER_GZIP : DOCKER_LAYER_GZIP;
            case ZSTD -> {
                if (!oci) {
                    throw new IllegalArgumentException("Docker's media types have none for a zstd layer");
                }
                yield OCI_LAYER_ZSTD;
            }
        };
    }

    public static String manifest(ImageFormat format) {
        return format == ImageFormat.OCI ? OCI_MANIFEST : DOCKER_MANIFEST;
    }

    public static String index(ImageFormat format) {
        return format == ImageFormat.OCI ? OCI_INDEX : DOCKER_LIST;
    }

    public static String config(ImageFormat format) {
        return format == ImageFormat.OCI ? OCI_CONFIG : DOCKER_CONFIG;
    }

    public static boolean isIndex(String mediaType) {
        return mediaType.equals(OCI_INDEX) || mediaType.equals(DOCKER_LIST);
    }

    public static boolean isManifest(String mediaType) {
        return mediaType.equals(OCI_MANIFEST) || mediaType.equals(DOCKER_MANIFEST);
    }
}
