package org.jbuildah.engine.build;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jbuildah.engine.api.DockerfileInvalid;
import org.jbuildah.engine.api.FailureCode;
import org.jbuildah.engine.fetch.Download;
import org.jbuildah.engine.fetch.GitReference;
import org.jbuildah.engine.fetch.RemoteSource;
import org.jbuildah.engine.fetch.WebAddress;
import org.jbuildah.engine.oci.Digest;
import org.jspecify.annotations.Nullable;

/**
 * The sources of ADD that come over the network.
 *
 * @see <a href="https://docs.docker.com/reference/dockerfile/#adding-files-from-a-url">Dockerfile reference: ADD, files from a URL</a>
 * @see <a href="https://docs.docker.com/reference/dockerfile/#adding-files-from-a-git-repository">… from a Git repository</a>
 */
final class RemoteInputs {
    private static final int DOWNLOAD_MODE = 0600;
    private static final Pattern SHA256 = Pattern.compile("sha256:[0-9a-f]{64}");
    private static final Pattern COMMIT = Pattern.compile("[0-9a-fA-F]+");

    private final TransferWords words;
    private final StepTools tools;

    /** @throws DockerfileInvalid if a checksum is promised of what can have none */
    RemoteInputs(TransferWords words, StepTools tools) {
        this.words = words;
        this.tools = tools;
        if (words.value("checksum").isPresent()) {
            refuseChecksumOfOthers();
        }
    }

    private void refuseChecksumOfOthers() {
        if (words.paths().size() != 1) {
            throw invalid(
                    "--checksum is of one file, and this ADD has "
                            + words.paths().size() + " sources.",
                    "Write an ADD of its own for each.");
        }
        String path = words.paths().get(0);
        if (RemoteSource.of(path).isEmpty()) {
            throw invalid(
                    "--checksum is for files from the network, and \"" + path + "\" is a path.",
                    "Remove the flag: what a path names is part of this build's own input.");
        }
    }

    /** @param word that the source was written as */
    TransferInput of(RemoteSource source, String word) throws InterruptedException {
        if (!words.isAdd()) {
            throw invalid(
                    "COPY takes no source from the network, as \"" + word + "\" is one.",
                    "Write ADD; a file of the build context with such a name is written with ./ before it.");
        }
        return source instanceof RemoteSource.Git git
                ? commit(git.reference())
                : download(((RemoteSource.Web) source).address());
    }

    private TransferInput download(WebAddress address) throws InterruptedException {
        Download download = tools.fetcher().download(address, promised());
        SingleFile file = SingleFile.downloaded(
                address.fileName(), DOWNLOAD_MODE, download, () -> tools.store().open(download.digest()));
        return new TransferInput.Files(List.of(file.selected()), words.isOn("unpack"), false);
    }

    private @Nullable Digest promised() {
        Optional<String> checksum = words.value("checksum");
        if (checksum.isEmpty()) {
            return null;
        }
        if (!SHA256.matcher(checksum.get()).matches()) {
            throw invalid(
                    "--checksum=" + checksum.get() + " is not a digest of a file.",
                    "Write sha256: and the 64 digits that sha256sum prints for it.");
        }
        return Digest.parse(checksum.get());
    }

    private TransferInput commit(GitReference written) throws InterruptedException {
        GitReference reference = withPromise(written);
        boolean keepGitDir = keepGitDir(reference) && isTop(reference);
        return new TransferInput.Commit(reference, tools.fetcher().resolve(reference), keepGitDir);
    }

    private GitReference withPromise(GitReference reference) {
        Optional<String> checksum = words.value("checksum");
        if (checksum.isEmpty()) {
            return reference;
        }
        if (!COMMIT.matcher(checksum.get()).matches()) {
            throw invalid(
                    "--checksum=" + checksum.get() + " is not the id of a commit.",
                    "Write the id that git rev-parse prints, or the beginning of it.");
        }
        if (!reference.checksum().isEmpty() && !reference.checksum().equals(checksum.get())) {
            throw invalid(
                    "--checksum=" + checksum.get() + " contradicts the checksum " + reference.checksum()
                            + " of the source.",
                    "Keep one of the two.");
        }
        return reference.withChecksum(checksum.get());
    }

    private boolean keepGitDir(GitReference reference) {
        Optional<Boolean> flag = words.toggle("keep-git-dir");
        Boolean query = reference.keepGitDir();
        if (flag.isPresent() && query != null && !flag.get().equals(query)) {
            throw invalid(
                    "--keep-git-dir=" + flag.get() + " contradicts the keep-git-dir of the source.",
                    "Keep one of the two.");
        }
        return query == null ? flag.orElse(false) : query;
    }

    private static boolean isTop(GitReference reference) {
        return ImagePath.absolute("/", reference.subdirectory()).equals("/");
    }

    private static DockerfileInvalid invalid(String what, String remedy) {
        return new DockerfileInvalid(FailureCode.INSTRUCTION_INVALID, what, remedy);
    }
}
