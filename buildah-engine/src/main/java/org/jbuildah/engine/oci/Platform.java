package org.jbuildah.engine.oci;

import java.util.List;

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
     * Reads {@code os/architecture[/variant]}, or one of the first two words alone; other words for an architecture become Go's.
     *
     * @throws IllegalArgumentException with what is wrong, to stand behind the value: "is not of the form …"
     */
    public static Platform parse(String text) {
        return PlatformName.parse(text);
    }

    /** The operating systems that have a name here; there may be images for others. */
    public static List<String> knownSystems() {
        return PlatformName.SYSTEMS;
    }

    /** The architectures that have a name here; there may be images for others. */
    public static List<String> knownArchitectures() {
        return PlatformName.ARCHITECTURES;
    }

    /** True when an image of {@code this} platform is what someone who asks for {@code wanted} means. */
    public boolean satisfies(Platform wanted) {
        Platform mine = PlatformName.normal(os, architecture, variant);
        Platform theirs = PlatformName.normal(wanted.os, wanted.architecture, wanted.variant);
        return mine.os.equals(theirs.os)
                && mine.architecture.equals(theirs.architecture)
                && (mine.variant.equals(theirs.variant) || wanted.variant.isEmpty());
    }

    /** The same platform, in the words that all who mean it would choose. */
    public Platform normal() {
        return PlatformName.normal(os, architecture, variant);
    }

    /** {@code os/architecture} or {@code os/architecture/variant}. */
    @Override
    public String toString() {
        return variant.isEmpty() ? os + "/" + architecture : os + "/" + architecture + "/" + variant;
    }
}
