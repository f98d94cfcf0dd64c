package org.jbuildah.engine.oci;

import java.util.Locale;

/**
 * What an image runs on, in Go's words ({@code linux}, {@code amd64}, {@code arm64}, {@code v8} …).
 *
 * @param variant empty where the architecture has none
 * @see <a href="https://github.com/opencontainers/image-spec/blob/main/image-index.md">image-spec: image index, platform</a>
 */
public record Platform(String os, String architecture, String variant) {
    /** The platform that this JVM's machine runs Linux images of: {@code linux} on every system, its own architecture. */
    public static Platform ofThisMachine() {
        String arch = System.getProperty("os.arch");
        return switch (arch) {
            case "amd64", "x86_64" -> new Platform("linux", "amd64", "");
            case "aarch64", "arm64" -> new Platform("linux", "arm64", "");
            default -> new Platform("linux", arch, "");
        };
    }

    /**
     * Reads {@code os/architecture[/variant]}; other words for an architecture become Go's.
     *
     * @throws IllegalArgumentException if it has another form
     */
    public static Platform parse(String text) {
        String[] parts = text.split("/", -1);
        if (parts.length < 2 || parts.length > 3 || parts[0].isEmpty() || parts[1].isEmpty()) {
            throw new IllegalArgumentException("\"" + text
                    + "\" is not a platform; one is os/architecture or os/architecture/variant, as linux/arm64");
        }
        return of(parts[0], parts[1], parts.length == 3 ? parts[2] : "");
    }

    private static Platform of(String os, String architecture, String variant) {
        String lower = architecture.toLowerCase(Locale.ROOT);
        return switch (lower) {
            case "x86_64", "x86-64" -> new Platform(os, "amd64", variant);
            case "aarch64", "arm64" -> new Platform(os, "arm64", variant.equals("v8") ? "" : variant);
            case "armhf" -> new Platform(os, "arm", variant.isEmpty() ? "v7" : variant);
            case "armel" -> new Platform(os, "arm", variant.isEmpty() ? "v6" : variant);
            case "i386", "i686", "x86" -> new Platform(os, "386", variant);
            default -> new Platform(os, lower, variant);
        };
    }

    /** True when an image of {@code this} platform is what someone who asks for {@code wanted} means. */
    public boolean satisfies(Platform wanted) {
        Platform mine = of(os, architecture, variant);
        Platform theirs = of(wanted.os, wanted.architecture, wanted.variant);
        return mine.os.equals(theirs.os)
                && mine.architecture.equals(theirs.architecture)
                && (mine.variant.equals(theirs.variant) || theirs.variant.isEmpty());
    }

    /** {@code os/architecture} or {@code os/architecture/variant}. */
    @Override
    public String toString() {
        return variant.isEmpty() ? os + "/" + architecture : os + "/" + architecture + "/" + variant;
    }
}
