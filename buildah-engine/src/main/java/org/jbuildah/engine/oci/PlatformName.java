package org.jbuildah.engine.oci;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A platform as users write it: {@code os/architecture[/variant]}, or one of the two words alone.
 *
 * @see <a href="https://github.com/containerd/platforms">containerd: platforms</a>, the names that are taken for each other
 */
final class PlatformName {
    private static final Pattern PART = Pattern.compile("[A-Za-z0-9_.-]+");
    static final List<String> SYSTEMS =
            List.of("linux", "windows", "darwin", "freebsd", "netbsd", "openbsd", "solaris", "wasip1", "js");
    static final List<String> ARCHITECTURES = List.of(
            "amd64",
            "386",
            "arm64",
            "arm",
            "ppc64",
            "ppc64le",
            "s390x",
            "riscv64",
            "mips",
            "mipsle",
            "mips64",
            "mips64le",
            "loong64",
            "wasm");

    private PlatformName() {}

    /** @throws IllegalArgumentException with what is wrong, to stand behind the value */
    static Platform parse(String text) {
        List<String> parts = List.of(text.toLowerCase(Locale.ROOT).split("/", -1));
        if (parts.size() > 3
                || !parts.stream().allMatch(part -> PART.matcher(part).matches())) {
            throw new IllegalArgumentException("is not of the form OS/ARCHITECTURE or OS/ARCHITECTURE/VARIANT");
        }
        if (parts.size() > 1) {
            return normal(parts.get(0), parts.get(1), parts.size() == 3 ? parts.get(2) : "");
        }
        if (SYSTEMS.contains(text.toLowerCase(Locale.ROOT))) {
            return normal(parts.get(0), Platform.ofThisMachine().architecture(), "");
        }
        Platform platform = normal("linux", parts.get(0), "");
        if (!ARCHITECTURES.contains(platform.architecture())) {
            throw new IllegalArgumentException("is neither an operating system nor an architecture that is known");
        }
        return platform;
    }

    /** The same platform, in the words that all who mean it would choose. */
    static Platform normal(String os, String architecture, String variant) {
        String system = os.equals("macos") ? "darwin" : os;
        return switch (architecture) {
            case "x86_64", "x86-64", "amd64" -> new Platform(system, "amd64", variant.equals("v1") ? "" : variant);
            case "i386", "386" -> new Platform(system, "386", "");
            case "aarch64", "arm64" ->
                new Platform(system, "arm64", variant.equals("8") || variant.equals("v8") ? "" : variant);
            case "armhf" -> new Platform(system, "arm", "v7");
            case "armel" -> new Platform(system, "arm", "v6");
            case "arm" -> new Platform(system, "arm", armVariant(variant));
            default -> new Platform(system, architecture, variant);
        };
    }

    private static String armVariant(String variant) {
        return switch (variant) {
            case "", "7" -> "v7";
            case "5", "6", "8" -> "v" + variant;
            default -> variant;
        };
    }
}
