package org.jbuildah.engine.remote;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jbuildah.engine.api.FailureCode;
import org.jbuildah.engine.api.HostUnsuitable;

/** The letters for a helper container that could not be had, or did not hold. Takes what the tool said, touches nothing. */
final class HelperTrouble {
    private static final int SHOWN_LINES = 6;
    private static final int KILLED = 137;
    private static final int NOT_EXECUTABLE = 126;
    private static final int NOT_FOUND = 127;

    /** What docker and podman say, in lower case, of an image that they cannot fetch. */
    private static final List<String> IMAGE_WORDS = List.of(
            "unable to find image",
            "pull access denied",
            "manifest unknown",
            "no such image",
            "toomanyrequests",
            "error response from daemon: get \"",
            "initializing source",
            "trying to pull",
            "short-name");

    /** … and of a daemon, or a virtual machine, that does not answer. */
    private static final List<String> DAEMON_WORDS = List.of(
            "cannot connect to",
            "unable to connect to",
            "is the docker daemon running",
            "permission denied while trying to connect",
            "connection refused",
            "error during connect",
            "podman machine");

    private HelperTrouble() {}

    static HostUnsuitable noTool() {
        return new HostUnsuitable(
                FailureCode.HELPER_TOOL_MISSING,
                "The mode docker-with-fuse needs docker or podman, and neither is in a directory of PATH.",
                "Install Docker or Podman (on macOS and Windows: Docker Desktop or Podman Desktop), or add its directory"
                        + " to PATH.");
    }

    /** The container could not be made or started. */
    static HostUnsuitable notMade(String tool, String image, ContainerTool.Ended ended) {
        String said = ended.said().toLowerCase(Locale.ROOT);
        String quoted = quoted(ended.said());
        // first of all: where a registry refuses a connection, the words are those of a daemon that does
        if (anyOf(said, IMAGE_WORDS)) {
            return new HostUnsuitable(
                    FailureCode.HELPER_IMAGE_UNAVAILABLE,
                    "The image of the helper container, " + image + ", could not be had." + quoted,
                    "Fetch it by hand (" + tool + " pull " + image
                            + "), or name another image with a Java 17 runtime that this machine can have:"
                            + " --helper-image, <helperImage> or BUILDAH_HELPER_IMAGE.");
        }
        if (anyOf(said, DAEMON_WORDS)) {
            return new HostUnsuitable(
                    FailureCode.HELPER_DAEMON_UNREACHABLE,
                    "The helper container could not be made: " + tool + " does not reach its daemon." + quoted,
                    said.contains("permission denied")
                            ? "Add this user to the group docker and log in again, or point DOCKER_HOST at a daemon of your own."
                            : "Start it (Docker Desktop; systemctl start docker; podman machine start), or point DOCKER_HOST"
                                    + " at one that runs.");
        }
        if (ended.exitCode() == NOT_EXECUTABLE
                || ended.exitCode() == NOT_FOUND
                || said.contains("executable file not found")) {
            return noJava(image, quoted);
        }
        return failed(
                "The helper container could not be made: " + tool + " ended with exit code " + ended.exitCode() + "."
                        + quoted,
                "Try " + tool + " run --rm " + image + " by hand.");
    }

    /** It was there, and ended before the build did. */
    static HostUnsuitable died(String tool, String image, ContainerTool.Ended ended) {
        String quoted = quoted(ended.said());
        if (ended.said().contains("UnsupportedClassVersionError")) {
            return new HostUnsuitable(
                    FailureCode.HELPER_IMAGE_UNAVAILABLE,
                    "The Java in the image of the helper container, " + image + ", is too old." + quoted,
                    "Name an image with Java 17 or later: --helper-image, <helperImage> or BUILDAH_HELPER_IMAGE.");
        }
        if (ended.exitCode() == KILLED) {
            return failed(
                    "The helper container was killed." + quoted,
                    "Most often that is for lack of memory: give the virtual machine of " + tool + " more of it.");
        }
        return ended.exitCode() == 0
                ? failed("The helper container ended before the build did." + quoted, "Build again.")
                : notMade(tool, image, ended);
    }

    private static HostUnsuitable noJava(String image, String quoted) {
        return new HostUnsuitable(
                FailureCode.HELPER_IMAGE_UNAVAILABLE,
                "The image of the helper container, " + image + ", has no java on its PATH." + quoted,
                "Name an image with a Java 17 runtime: --helper-image, <helperImage> or BUILDAH_HELPER_IMAGE.");
    }

    private static HostUnsuitable failed(String what, String remedy) {
        return new HostUnsuitable(FailureCode.HELPER_FAILED, what, remedy);
    }

    private static boolean anyOf(String said, List<String> words) {
        return words.stream().anyMatch(said::contains);
    }

    /** The last lines, without those that only count progress. */
    private static String quoted(String said) {
        List<String> lines = said.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("See 'docker"))
                .toList();
        return lines.subList(Math.max(0, lines.size() - SHOWN_LINES), lines.size()).stream()
                .map(line -> "\n  " + line)
                .collect(Collectors.joining());
    }
}
