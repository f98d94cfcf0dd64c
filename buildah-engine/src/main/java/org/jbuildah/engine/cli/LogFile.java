package org.jbuildah.engine.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.jbuildah.engine.progress.BuildEvent;

/** Progress in a file: lines are added to it, and a new one is for its owner's eyes only, since what RUNs write may be confidential. */
final class LogFile implements Progress {
    private final PrintStream file;
    private final PlainProgress lines;

    private LogFile(PrintStream file) {
        this.file = file;
        this.lines = new PlainProgress(file);
    }

    /** @throws org.jbuildah.engine.api.RequestInvalid if it cannot be written */
    static LogFile open(Path path) {
        try {
            if (!Files.exists(path)
                    && path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                Files.createFile(
                        path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            }
            return new LogFile(new PrintStream(
                    Files.newOutputStream(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND),
                    true,
                    StandardCharsets.UTF_8));
        } catch (IOException failure) {
            throw Cli.wrong(
                    "--logfile \"" + path + "\" cannot be written: " + failure + ".",
                    "Name a file in a directory that exists and is writable.");
        }
    }

    @Override
    public void event(BuildEvent event) {
        lines.event(event);
    }

    @Override
    public void line(String text) {
        lines.line(text);
    }

    @Override
    public void finish() {
        lines.finish();
    }

    @Override
    public void close() {
        file.close();
    }
}
