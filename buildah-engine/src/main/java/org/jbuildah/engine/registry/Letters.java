package org.jbuildah.engine.registry;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.jbuildah.engine.api.BuildException;
import org.jbuildah.engine.api.FailureCode;
import org.jbuildah.engine.http.HttpTrouble;
import org.jspecify.annotations.Nullable;

/** How this room tells its failures to the user. */
final class Letters {
    private Letters() {}

    static BuildException unreachable(Errand errand, IOException why) {
        String registry = errand.image().registry();
        return errand.failure(
                FailureCode.REGISTRY_UNREACHABLE,
                errand.doing() + " failed: the registry \"" + registry + "\" cannot be reached: "
                        + HttpTrouble.reason(why) + ".",
                remedy(registry, why),
                why);
    }

    private static String remedy(String registry, IOException why) {
        if (HttpTrouble.alert(why)
                .filter(alert -> alert.contains("certificate"))
                .isPresent()) {
            return "It asks for a client certificate: put NAME.cert and its key NAME.key into /etc/containers/certs.d/"
                    + registry + "/, or name their directory with --cert-dir.";
        }
        if (HttpTrouble.caused(why, SSLException.class)) {
            return "Put the registry's CA certificate into /etc/containers/certs.d/" + registry
                    + "/ca.crt, name its directory with --cert-dir, or switch TLS verification off (--tls-verify=false) for a registry you trust anyway.";
        }
        if (HttpTrouble.stalled(why)) {
            return "Check the network between this machine and the registry, then try again.";
        }
        return "Check the name and port of the registry, and HTTPS_PROXY and NO_PROXY if this machine needs a proxy.";
    }

    /**
     * @param used the credential that was shown, if any
     * @param places where credentials were looked for
     */
    static BuildException denied(
            Errand errand, String complaint, Optional<RegistryCredential> used, List<String> places) {
        String registry = errand.image().registry();
        String shown = used.map(credential -> "It was asked with " + credential + ".")
                .orElse(
                        places.isEmpty()
                                ? "It was asked anonymously."
                                : "No credentials for it were found in " + String.join(", ", places) + ".");
        String remedy = used.isPresent()
                ? "Check that this login is still valid and may "
                        + (errand.direction() == Errand.Direction.PULL ? "read" : "write") + " \""
                        + errand.image().repository()
                        + "\"; some registries say the same of a repository that does not exist."
                : "Log in (docker login " + registry + ", or podman login " + registry
                        + "), or check the name: some registries say the same of a repository that does not exist.";
        return errand.failure(
                FailureCode.REGISTRY_DENIED,
                errand.doing() + " was denied by the registry \"" + registry + "\": " + complaint + ". " + shown,
                remedy,
                null);
    }

    static BuildException notFound(Errand errand, String complaint, List<String> tags) {
        String tag = errand.image().tag();
        String what = errand.image() + " does not exist: the registry answers " + complaint + ".";
        if (tags.isEmpty()) {
            return errand.failure(
                    FailureCode.IMAGE_NOT_FOUND,
                    what,
                    "Check the name; the repository \"" + errand.repository() + "\" has no tags, or does not exist.",
                    null);
        }
        Optional<String> near = tag == null ? Optional.empty() : TagSuggestion.nearest(tag, tags);
        String remedy = near.map(other -> "Did you mean \"" + errand.repository() + ":" + other + "\"?")
                .orElse("The repository has " + tags.size() + (tags.size() == 1 ? " tag: " : " tags, such as ")
                        + String.join(", ", tags.subList(Math.max(0, tags.size() - 5), tags.size())) + ".");
        return errand.failure(FailureCode.IMAGE_NOT_FOUND, what, remedy, null);
    }

    static BuildException corrupt(Errand errand, String what) {
        return errand.failure(
                FailureCode.IMAGE_CORRUPT,
                errand.doing() + " failed: " + what + ".",
                "The registry, or a proxy before it, hands out wrong bytes: push the image again, or bypass the proxy.",
                null);
    }

    /** The registry understood and refuses, or keeps failing. */
    static BuildException refused(Errand errand, String doing, String complaint) {
        return errand.failure(
                FailureCode.TRANSFER_FAILED,
                errand.doing() + " failed: " + doing + " ended with " + complaint + ".",
                complaint.startsWith("HTTP 5") || complaint.startsWith("HTTP 429")
                        ? "The registry is overloaded or broken; try again later, or read its log."
                        : "Check that the registry allows this repository, tag and size.",
                null);
    }

    static BuildException broken(Errand errand, String doing, @Nullable IOException why) {
        return errand.failure(
                FailureCode.TRANSFER_FAILED,
                errand.doing() + " failed: " + doing + " broke off" + (why == null ? "" : ": " + why.getMessage())
                        + ".",
                "Check the network between this machine and the registry, then try again.",
                why);
    }

    static BuildException unreadable(Errand errand, IOException why) {
        for (Throwable cause = why; cause != null; cause = cause.getCause()) {
            if (cause instanceof BuildException known) {
                return known;
            }
        }
        return errand.failure(
                FailureCode.TRANSFER_FAILED,
                errand.doing() + " failed: the bytes to be pushed cannot be read: " + why.getMessage() + ".",
                "",
                why);
    }
}
