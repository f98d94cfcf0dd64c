package org.jbuildah.engine.api;

import java.nio.file.Path;
import java.util.List;

/**
 * Which OCI runtime {@link BuildMode#NATIVE_ROOTLESS} uses.
 *
 * @param program its name, such as {@code runc}, or the path of its executable; empty for the first of crun, runc, kata-runtime and runsc
 *     that is there
 * @param flags global flags of its command line, with their dashes, after those that jbuildah itself gives
 */
public record RuntimeOptions(String program, List<String> flags) {
    public static final RuntimeOptions DEFAULT = new RuntimeOptions("", List.of());

    /** @throws RequestInvalid for a relative path */
    public RuntimeOptions {
        flags = List.copyOf(flags);
        if (program.contains("/") && !Path.of(program).isAbsolute()) {
            throw new RequestInvalid(
                    FailureCode.REQUEST_INVALID,
                    "The runtime \"" + program + "\" is a relative path.",
                    "Write an absolute path, or a name that is looked up on the PATH.");
        }
    }

    /** Reads flags as buildah takes them, without the two dashes that stand before them. */
    public static RuntimeOptions of(String program, List<String> flags) {
        return new RuntimeOptions(
                program,
                flags.stream()
                        .map(flag -> flag.startsWith("-") ? flag : "--" + flag)
                        .toList());
    }
}
