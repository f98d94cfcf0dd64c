package org.jbuildah.maven.config;

import java.util.List;

/**
 * A place for the finished image, as {@code <output>} in a pom. Written either with {@code <type>}, {@code <path>} and {@code <tag>}, or in short as
 * {@code type:path}.
 */
public class OutputConfiguration {
    static final List<String> TYPES = List.of("oci", "oci-archive", "docker-archive", "registry", "local", "tar");

    private String type = "oci";
    private String path = "";
    private String tag = "";

    /**
     * The kind of place: {@code oci} (an OCI image layout in a directory), {@code oci-archive} (the same in a tar file), {@code docker-archive} (a tar file
     * that {@code docker load} takes), {@code registry}; or for the image's files alone, {@code local} (a directory) and {@code tar} (a file).
     */
    public void setType(String value) {
        type = value;
    }

    /** The directory or file, relative to the module; for a registry the reference, such as {@code registry.example.com/shop:1.0}. */
    public void setPath(String value) {
        path = value;
    }

    /** The name inside the layout or archive; the image's own when left out. */
    public void setTag(String value) {
        tag = value;
    }

    /** The short form, {@code type:path}; Maven calls this for an element without children and for a property. */
    public void set(String text) {
        int colon = text.indexOf(':');
        boolean hasType = colon > 0 && TYPES.contains(text.substring(0, colon).strip());
        type = hasType ? text.substring(0, colon).strip() : "oci";
        path = (hasType ? text.substring(colon + 1) : text).strip();
    }

    String type() {
        return type;
    }

    String path() {
        return path;
    }

    String tag() {
        return tag;
    }
}
