package org.jbuildah.engine.fetch;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One checkout. History is not fetched where the server can leave it out; where it cannot give a commit by its id, all branches and tags
 * are fetched and the commit is looked for in them.
 */
final class WorkTree {
    private static final String GIT_DIR = ".git";

    private final GitCommand git;
    private final Path top;
    private final GitReference reference;
    private final Revision revision;

    /** @param top an empty directory */
    WorkTree(GitCommand git, Path top, GitReference reference, Revision revision) {
        this.git = git;
        this.top = top;
        this.reference = reference;
        this.revision = revision;
    }

    Checkout checkout(boolean keepGitDir) throws IOException, InterruptedException {
        run(
                revision.commit().length() == 64
                        ? List.of("init", "--quiet", "--object-format=sha256")
                        : List.of("init", "--quiet"));
        fetch();
        run("checkout", "--quiet", "--detach", revision.commit());
        if (reference.submodules() && Files.exists(top.resolve(".gitmodules"))) {
            run("submodule", "update", "--quiet", "--init", "--recursive", "--depth=1");
        }
        Instant time = Instant.ofEpochSecond(Long.parseLong(
                run("log", "-1", "--format=%ct", revision.commit()).strip()));
        Path directory = directory();
        if (keepGitDir && directory.equals(top)) {
            keepGitDir();
        } else {
            removeGitDirs();
        }
        return new Checkout(CheckoutTree.of(directory, time), revision.commit(), time);
    }

    private void fetch() throws IOException, InterruptedException {
        String name = revision.reference();
        boolean byId = GitReference.isCommit(name) || name.equals("HEAD");
        try {
            shallow(byId ? List.of(revision.commit()) : List.of("+" + name + ":" + name));
        } catch (GitFailed notGiven) {
            if (!byId) {
                throw notGiven;
            }
        }
        if (!present()) {
            // the server gives references only, or this one has moved since it was asked for
            run(fetching(List.of("--tags", "origin", "+refs/heads/*:refs/remotes/origin/*")));
        }
        if (!present()) {
            throw FetchLetters.noSuchReference(reference);
        }
    }

    private void shallow(List<String> what) throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(List.of("--depth=1", "--no-tags", "origin"));
        arguments.addAll(what);
        try {
            run(fetching(arguments));
        } catch (GitFailed failed) {
            if (!failed.says("shallow") && !failed.says("--depth")) {
                throw failed;
            }
            run(fetching(arguments.subList(1, arguments.size())));
        }
    }

    private static List<String> fetching(List<String> arguments) {
        List<String> command = new ArrayList<>(List.of("fetch", "--quiet", "--update-head-ok"));
        command.addAll(arguments);
        return command;
    }

    private boolean present() throws IOException, InterruptedException {
        try {
            run("cat-file", "-e", revision.commit() + "^{commit}");
            return true;
        } catch (GitFailed absent) {
            return false;
        }
    }

    /** Within the checkout, whatever symlinks a repository may hold. */
    private Path directory() throws IOException {
        String subdirectory = reference.subdirectory();
        Path named = top.resolve(subdirectory.replaceFirst("^/+", "")).normalize();
        if (!named.startsWith(top) || !Files.isDirectory(named)) {
            throw FetchLetters.noSuchDirectory(reference, revision.commit());
        }
        Path real = named.toRealPath();
        if (!real.startsWith(top.toRealPath())) {
            throw FetchLetters.noSuchDirectory(reference, revision.commit());
        }
        return named.equals(top) ? top : real;
    }

    /** With the address, but without a login in it, and without what says when the files were checked out. */
    private void keepGitDir() throws IOException, InterruptedException {
        run("config", "remote.origin.url", reference.shown());
        run("config", "remote.origin.fetch", "+refs/heads/*:refs/remotes/origin/*");
        run("reflog", "expire", "--all", "--expire=now");
        Files.deleteIfExists(top.resolve(GIT_DIR).resolve("FETCH_HEAD"));
    }

    /** The top's, and the files of that name that lead submodules to theirs. */
    private void removeGitDirs() throws IOException {
        Files.walkFileTree(top, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
                    throws IOException {
                if (directory.equals(top.resolve(GIT_DIR))) {
                    remove(directory);
                    return FileVisitResult.SKIP_SUBTREE;
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                if (file.getFileName().toString().equals(GIT_DIR)) {
                    Files.delete(file);
                }
                return FileVisitResult.CONTINUE;
            }
        });
    }

    private static void remove(Path tree) throws IOException {
        Files.walkFileTree(tree, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure)
                    throws IOException {
                Files.delete(directory);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    private String run(String... arguments) throws IOException, InterruptedException {
        return run(List.of(arguments));
    }

    /** The address is told with each command, so that a login in it is never written down. */
    private String run(List<String> arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("-c", "remote.origin.url=" + reference.remote()));
        command.addAll(arguments);
        return git.run(top, command);
    }
}
