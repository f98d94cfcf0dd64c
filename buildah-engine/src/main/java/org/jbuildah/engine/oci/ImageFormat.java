package org.jbuildah.engine.oci;

/** The family of media types an image is written with. The config's bytes, and so the image id, are the same in both. */
public enum ImageFormat {
    OCI,
    DOCKER
}
