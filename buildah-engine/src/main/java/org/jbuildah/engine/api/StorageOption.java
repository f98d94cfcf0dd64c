package org.jbuildah.engine.api;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An option of buildah's storage, such as {@code overlay.mount_program=/usr/bin/fuse-overlayfs}.
 *
 * @see <a href="https://github.com/containers/storage/blob/main/docs/containers-storage.conf.5.md">containers-storage.conf(5)</a>
 */
final class StorageOption {
    private static final Pattern FORM = Pattern.compile("(?:overlay2?|vfs)?\\.?([a-z_]+)=(.*)");
    /** What these ask for happens anyway, or leaves no trace in an image. */
    private static final Set<String> WITHOUT_EFFECT =
            Set.of("mountopt", "fsync", "ignore_chown_errors", "skip_mount_home");

    private static final Set<String> MOUNT_OPTIONS = Set.of("nodev", "fsync=0", "volatile");

    private StorageOption() {}

    /** @throws RequestInvalid for an option that jbuildah does not have */
    static ModeOptions applied(ModeOptions modes, List<String> options) {
        ModeOptions result = modes;
        for (String option : options) {
            result = applied(result, option);
        }
        return result;
    }

    private static ModeOptions applied(ModeOptions modes, String option) {
        if (MOUNT_OPTIONS.contains(option)) {
            return modes; // the rest of a mountopt that STORAGE_OPTS took apart at its commas
        }
        Matcher matcher = FORM.matcher(option);
        if (!matcher.matches()) {
            throw unknown(option);
        }
        String value = matcher.group(2);
        if (matcher.group(1).equals("mount_program")) {
            return modes.withFuseProgram(program(option, value));
        }
        if (!WITHOUT_EFFECT.contains(matcher.group(1))
                || (matcher.group(1).equals("mountopt") && !MOUNT_OPTIONS.containsAll(List.of(value.split(",", -1))))) {
            throw unknown(option);
        }
        return modes;
    }

    private static Path program(String option, String value) {
        try {
            Path program = Path.of(value);
            if (program.isAbsolute()) {
                return program;
            }
        } catch (InvalidPathException e) {
            throw unknown(option);
        }
        throw new RequestInvalid(
                FailureCode.REQUEST_INVALID,
                "The storage option \"" + option + "\" names no absolute path.",
                "Write such as overlay.mount_program=/usr/bin/fuse-overlayfs.");
    }

    private static RequestInvalid unknown(String option) {
        return new RequestInvalid(
                FailureCode.REQUEST_INVALID,
                "The storage option \"" + option + "\" is not one that jbuildah has.",
                "There is overlay.mount_program=PATH, for fuse-overlayfs in place of the kernel's overlay; overlay.mountopt with nodev, fsync=0 or "
                        + "volatile and overlay.ignore_chown_errors are accepted without effect.");
    }
}
