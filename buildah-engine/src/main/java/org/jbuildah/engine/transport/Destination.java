package org.jbuildah.engine.transport;

import java.nio.file.Path;
import java.util.List;
import org.jbuildah.engine.api.FailureCode;
import org.jbuildah.engine.api.Output;
import org.jbuildah.engine.api.RequestInvalid;
import org.jbuildah.engine.oci.Reference;

/**
 * Where a push or an export goes, as users write it.
 *
 * @see <a href="https://github.com/containers/image/blob/main/docs/containers-transports.5.md">containers-transports(5)</a>
 */
public final class Destination {
    private static final List<String> OTHERS =
            List.of("containers-storage", "docker-daemon", "dir", "ostree", "sif", "atomic", "tarball");

    private Destination() {}

    /**
     * Reads {@code docker://NAME}, {@code oci:PATH[:TAG]}, {@code oci-archive:PATH[:TAG]}, {@code docker-archive:PATH[:NAME]}, or a
     * plain image name, which is a registry's.
     *
     * @throws RequestInvalid if it is none of them
     */
    public static Output parse(String text) {
        int colon = text.indexOf(':');
        String transport = colon < 0 ? "" : text.substring(0, colon);
        String rest = text.substring(colon + 1);
        return switch (transport) {
            case "docker" -> {
                if (!rest.startsWith("//")) {
                    throw refused(text, "after docker: comes //, and then the name");
                }
                yield registry(rest.substring(2));
            }
            case "oci" -> new Output.OciLayout(path(text, rest), afterPath(rest));
            case "oci-archive" -> new Output.OciArchive(path(text, rest), afterPath(rest));
            case "docker-archive" -> new Output.DockerArchive(path(text, rest), afterPath(rest));
            default -> {
                if (OTHERS.contains(transport)) {
                    throw refused(text, "the transport " + transport + " is not supported");
                }
                yield registry(text);
            }
        };
    }

    private static Output registry(String name) {
        try {
            return new Output.Registry(Reference.parse(name).toString());
        } catch (IllegalArgumentException e) {
            throw new RequestInvalid(
                    FailureCode.REFERENCE_INVALID,
                    String.valueOf(e.getMessage()),
                    "A name is [registry/]repository[:tag], in lower case.",
                    e);
        }
    }

    private static Path path(String text, String rest) {
        String path = rest.substring(0, endOfPath(rest));
        if (path.isEmpty()) {
            throw refused(text, "the path is missing");
        }
        return Path.of(path);
    }

    private static String afterPath(String rest) {
        int end = endOfPath(rest);
        return end == rest.length() ? "" : rest.substring(end + 1);
    }

    /** The first colon, but not that of a drive letter ({@code C:\images}). */
    private static int endOfPath(String rest) {
        boolean drive = rest.length() > 2
                && Character.isLetter(rest.charAt(0))
                && rest.charAt(1) == ':'
                && rest.charAt(2) == '\\';
        int colon = rest.indexOf(':', drive ? 2 : 0);
        return colon < 0 ? rest.length() : colon;
    }

    private static RequestInvalid refused(String text, String why) {
        return new RequestInvalid(
                FailureCode.REQUEST_INVALID,
                "\"" + text + "\" is no destination: " + why + ".",
                "Use docker://NAME, oci:PATH[:TAG], oci-archive:PATH[:TAG] or docker-archive:PATH[:NAME].");
    }
}
