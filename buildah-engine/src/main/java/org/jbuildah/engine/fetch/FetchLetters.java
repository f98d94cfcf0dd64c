package org.jbuildah.engine.fetch;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import javax.net.ssl.SSLException;
import org.jbuildah.engine.api.BuildException;
import org.jbuildah.engine.api.FailureCode;
import org.jbuildah.engine.api.HostUnsuitable;
import org.jbuildah.engine.api.TransferFailed;
import org.jbuildah.engine.http.HttpTrouble;
import org.jbuildah.engine.oci.Digest;

/** How this room tells its failures to the user. */
final class FetchLetters {
    private FetchLetters() {}

    static BuildException unreachable(WebAddress address, IOException why) {
        String remedy = HttpTrouble.caused(why, SSLException.class)
                ? "Add the server's CA certificate to the Java trust store, or switch TLS verification off"
                        + " (--tls-verify=false) for a server you trust anyway."
                : "Check the address, the network, and HTTPS_PROXY and NO_PROXY if this machine needs a proxy.";
        return new TransferFailed(
                FailureCode.DOWNLOAD_FAILED,
                address.shown() + " cannot be fetched: " + HttpTrouble.reason(why) + ".",
                remedy,
                why);
    }

    static BuildException refused(WebAddress address, int status) {
        String remedy = status == 401 || status == 403
                ? "The server wants a login: give its bearer token as the secret HTTP_AUTH_TOKEN_"
                        + address.uri().getHost() + ", or a whole Authorization header as HTTP_AUTH_HEADER_"
                        + address.uri().getHost() + "."
                : status >= 500 ? "The server is overloaded or broken; try again later." : "Check the address.";
        return new TransferFailed(
                FailureCode.DOWNLOAD_FAILED,
                address.shown() + " cannot be fetched: the server answers HTTP " + status + ".",
                remedy);
    }

    static BuildException anotherFile(WebAddress address, Digest found, Digest promised) {
        return new TransferFailed(
                FailureCode.CHECKSUM_MISMATCH,
                address.shown() + " has the digest " + found + ", not " + promised + ".",
                "If the file was meant to change, write the new digest; else somebody has replaced it.");
    }

    static BuildException gitMissing(IOException why) {
        return new HostUnsuitable(
                FailureCode.GIT_MISSING,
                "A Git repository is to be read, and this machine has no git program.",
                "Install git (apt-get install git, dnf install git, apk add git) so that it is found by PATH.",
                why);
    }

    static BuildException gitFailed(GitReference reference, GitFailed why) {
        return new TransferFailed(
                FailureCode.GIT_FAILED,
                "The Git repository " + reference.shown() + " cannot be read: " + why.lastWords() + ".",
                remedy(why.getMessage().toLowerCase(Locale.ROOT)),
                why);
    }

    private static String remedy(String said) {
        if (said.contains("host key verification failed")) {
            return "Make the host known to this user: compare its key with a trusted source, then"
                    + " ssh-keyscan HOST >> ~/.ssh/known_hosts.";
        }
        if (said.contains("permission denied (")) {
            return "Give this user a key that the host accepts: ssh-add it to the agent, or place it in ~/.ssh.";
        }
        if (said.contains("terminal prompts disabled")
                || said.contains("could not read username")
                || said.contains("authentication failed")) {
            return "The host wants a login, or says so of a repository that does not exist. Give a token as the secret"
                    + " GIT_AUTH_TOKEN, use the ssh:// address with a key, or check the name.";
        }
        if (said.contains("certificate")) {
            return "Add the host's CA certificate to those of this machine, or switch TLS verification off"
                    + " (--tls-verify=false) for a host you trust anyway.";
        }
        return "Check the address (git ls-remote ADDRESS), the network, and HTTPS_PROXY if this machine needs a proxy.";
    }

    static BuildException noSuchReference(GitReference reference) {
        return new TransferFailed(
                FailureCode.GIT_REFERENCE_NOT_FOUND,
                "The Git repository " + reference.shown() + " has "
                        + (reference.ref().isEmpty()
                                ? "no default branch."
                                : "no branch, tag or commit \"" + reference.ref() + "\"."),
                "git ls-remote " + reference.shown() + " lists what it has; a commit is named by its whole id.");
    }

    static BuildException anotherCommit(GitReference reference, List<String> found) {
        return new TransferFailed(
                FailureCode.CHECKSUM_MISMATCH,
                (reference.ref().isEmpty() ? "The default branch" : "\"" + reference.ref() + "\"") + " of "
                        + reference.shown() + " is the commit " + String.join(" or ", found) + ", not "
                        + reference.checksum() + ".",
                "If it was meant to move, write the new commit; else somebody has moved it.");
    }

    static BuildException noSuchDirectory(GitReference reference, String commit) {
        return new TransferFailed(
                FailureCode.GIT_REFERENCE_NOT_FOUND,
                "The commit " + commit + " of " + reference.shown() + " has no directory \"" + reference.subdirectory()
                        + "\".",
                "The part after the colon, or subdir=, is a directory as seen from the top of the repository.");
    }
}
