package org.jbuildah.engine.cli;

import java.nio.file.Path;
import org.jbuildah.engine.BuildEngine;
import org.jbuildah.engine.api.StorageDriver;
import org.jbuildah.engine.progress.EventSink;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** Options of every command, before or after its name. */
final class GlobalOptions {
    private final Cli.Console console;

    @Option(
            names = "--root",
            paramLabel = "DIR",
            scope = ScopeType.INHERIT,
            description = "The store. Default: $XDG_DATA_HOME/jbuildah, or ~/.local/share/jbuildah.")
    private @Nullable Path root;

    @Option(
            names = "--storage-driver",
            paramLabel = "DRIVER",
            scope = ScopeType.INHERIT,
            description = "overlay or vfs. Default: $STORAGE_DRIVER, else overlay where it works.")
    private @Nullable String storageDriver;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "Shows this text.")
    @SuppressWarnings("UnusedVariable") // picocli reads it
    private boolean help;

    GlobalOptions(Cli.Console console) {
        this.console = console;
    }

    Cli.Console console() {
        return console;
    }

    StorageDriver storageDriver() {
        String fromEnvironment = console.environment().getOrDefault("STORAGE_DRIVER", "");
        return Words.storageDriver(storageDriver == null ? fromEnvironment : storageDriver);
    }

    /** Opens the engine on the store that the options name. */
    BuildEngine open(EventSink events) {
        return root == null ? BuildEngine.open(events) : BuildEngine.open(root, events);
    }
}
