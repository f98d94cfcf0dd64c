package org.jbuildah.engine.api;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/**
 * A directory or file of this machine that every {@code RUN} sees, and may write unless it is read-only.
 *
 * @param path absolute; must exist
 * @param target absolute, in the image
 */
public record Volume(Path path, String target, boolean readOnly) {
    /** Words about SELinux labels and mount propagation, which mean nothing in a box of its own. */
    private static final Set<String> WITHOUT_EFFECT =
            Set.of("z", "Z", "private", "rprivate", "slave", "rslave", "bind", "rbind", "nodev", "nosuid");

    /**
     * Reads {@code PATH:TARGET} or {@code PATH:TARGET:ro}, as buildah writes it.
     *
     * @param directory what a relative path begins at
     * @throws RequestInvalid if it has no meaning, or nothing is at the path
     */
    public static Volume parse(String text, Path directory) {
        String[] parts = text.split(":", -1);
        if (parts.length < 2 || parts.length > 3 || parts[0].isEmpty() || !parts[1].startsWith("/")) {
            throw wrong(
                    "The volume \"" + text + "\" does not say what is seen where.",
                    "Write PATH:TARGET or PATH:TARGET:ro, the target from the root on.");
        }
        if (parts[1].matches("/*")) {
            throw wrong("The volume \"" + text + "\" would cover the whole image.", "Choose a directory below it.");
        }
        Path path = directory.toAbsolutePath().resolve(parts[0]).normalize();
        if (!Files.exists(path)) {
            throw wrong("The volume \"" + text + "\" is not there: " + path + ".", "Make it before; it is not made.");
        }
        return new Volume(path, parts[1], parts.length == 3 && readOnly(text, parts[2]));
    }

    private static boolean readOnly(String text, String options) {
        boolean readOnly = false;
        for (String option : options.split(",", -1)) {
            if (option.equals("ro") || option.equals("rw")) {
                readOnly = option.equals("ro");
            } else if (!WITHOUT_EFFECT.contains(option)) {
                throw wrong(
                        "The volume \"" + text + "\" has the option \"" + option + "\", which is not known here.",
                        "The options are ro and rw.");
            }
        }
        return readOnly;
    }

    private static RequestInvalid wrong(String what, String remedy) {
        return new RequestInvalid(FailureCode.REQUEST_INVALID, what, remedy);
    }
}
