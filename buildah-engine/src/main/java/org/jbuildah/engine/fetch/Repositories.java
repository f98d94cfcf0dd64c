package org.jbuildah.engine.fetch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jbuildah.engine.api.BuildException;
import org.jbuildah.engine.api.FailureCode;
import org.jbuildah.engine.api.StoreBroken;
import org.jbuildah.engine.content.ContentStore;

/** Reads Git repositories elsewhere: what their references name, and the files of a commit. */
final class Repositories {
    private static final String GIT = "git";
    private static final String SYMBOLIC = "ref: ";

    private final ContentStore store;
    private final boolean verifyTls;
    private final Map<String, String> environment;
    private final Logins logins;

    Repositories(ContentStore store, boolean verifyTls, Map<String, String> environment, Logins logins) {
        this.store = store;
        this.verifyTls = verifyTls;
        this.environment = environment;
        this.logins = logins;
    }

    Revision resolve(GitReference reference) throws InterruptedException {
        if (reference.namesCommit()) {
            return verified(Revision.ofCommit(reference.ref()), reference);
        }
        String listed = listed(reference);
        Optional<Revision> revision =
                reference.ref().isEmpty() ? defaultBranch(listed) : named(reference.ref(), listed);
        return verified(revision.orElseThrow(() -> FetchLetters.noSuchReference(reference)), reference);
    }

    private String listed(GitReference reference) throws InterruptedException {
        String ref = reference.ref();
        List<String> asked = ref.isEmpty() ? List.of("HEAD") : List.of(ref, ref + "^{}");
        List<String> command = Stream.concat(
                        Stream.of("ls-remote", "--symref", "--", reference.remote()), asked.stream())
                .toList();
        try {
            Path home = store.scratch();
            return git(home, reference).run(home, command);
        } catch (GitFailed failed) {
            throw FetchLetters.gitFailed(reference, failed);
        } catch (IOException failure) {
            throw unwritable(failure);
        }
    }

    private GitCommand git(Path home, GitReference reference) {
        return new GitCommand(GIT, home, environment, verifyTls, logins.ofGit(reference.remote()));
    }

    /** {@code ref: refs/heads/main TAB HEAD} and {@code ID TAB HEAD}. */
    static Optional<Revision> defaultBranch(String listed) {
        Optional<String> branch = listed.lines()
                .filter(line -> line.startsWith(SYMBOLIC) && line.endsWith("\tHEAD"))
                .map(line -> line.substring(SYMBOLIC.length(), line.indexOf('\t')))
                .findFirst();
        Optional<String> commit = listed.lines()
                .filter(line -> !line.startsWith(SYMBOLIC) && line.endsWith("\tHEAD"))
                .map(line -> line.substring(0, line.indexOf('\t')))
                .findFirst();
        // a server of old does not say which branch it is; the commit can be had without
        return commit.map(id -> new Revision(branch.orElse("HEAD"), id, id));
    }

    /** A branch counts before a tag of the same name; {@code ^{}} marks the commit behind an annotated tag. */
    static Optional<Revision> named(String ref, String listed) {
        Map<String, String> objects = new HashMap<>();
        listed.lines().filter(line -> line.indexOf('\t') > 0).forEach(line -> {
            int tab = line.indexOf('\t');
            objects.put(line.substring(tab + 1), line.substring(0, tab));
        });
        return Stream.of(full("refs/", ref), full("refs/heads/", ref), full("refs/tags/", ref))
                .filter(objects::containsKey)
                .findFirst()
                .map(name -> {
                    String object = objects.getOrDefault(name, "");
                    return new Revision(name, object, Objects.requireNonNullElse(objects.get(name + "^{}"), object));
                });
    }

    private static String full(String prefix, String ref) {
        return ref.startsWith(prefix) ? ref : prefix + ref;
    }

    private static Revision verified(Revision revision, GitReference reference) {
        String promised = reference.checksum();
        if (revision.commit().startsWith(promised) || revision.object().startsWith(promised)) {
            return revision;
        }
        if (reference.fetchByCommit()) {
            return Revision.ofCommit(promised); // the reference has moved on, and may
        }
        throw FetchLetters.anotherCommit(
                reference,
                Stream.of(revision.commit(), revision.object()).distinct().toList());
    }

    Checkout checkout(GitReference reference, Revision revision, boolean keepGitDir) throws InterruptedException {
        try {
            Path home = store.scratch();
            GitCommand git = git(home, reference);
            Path files = Files.createDirectory(home.resolve("files"));
            return new WorkTree(git, files, reference, revision).checkout(keepGitDir);
        } catch (GitFailed failed) {
            throw FetchLetters.gitFailed(reference, failed);
        } catch (IOException failure) {
            throw unwritable(failure);
        }
    }

    private BuildException unwritable(IOException failure) {
        return new StoreBroken(
                FailureCode.STORE_UNWRITABLE,
                "A Git repository could not be written below " + store.root() + ": " + failure.getMessage() + ".",
                "Check that the disk has room, and that this user may write there.",
                failure);
    }
}
