package org.jbuildah.engine.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jbuildah.engine.BuildEngine;
import org.jbuildah.engine.api.BuildEnvironment;
import org.jbuildah.engine.api.ModeOptions;
import org.jbuildah.engine.api.StorageDriver;
import org.jbuildah.engine.progress.EventSink;
import org.jbuildah.engine.registry.CredentialLookup;
import org.jbuildah.engine.registry.DockerConfigCredentials;
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
            names = "--storage-opt",
            paramLabel = "NAME=VALUE",
            scope = ScopeType.INHERIT,
            description =
                    "overlay.mount_program=PATH: fuse-overlayfs in place of the kernel's overlay. Default: $STORAGE_OPTS.")
    private List<String> storageOptions = new ArrayList<>();

    @Option(
            names = {"--runroot", "--log-level"},
            paramLabel = "WORD",
            scope = ScopeType.INHERIT,
            description =
                    "Accepted without effect: a build leaves no state behind but its store, and its progress has one level.")
    @SuppressWarnings("UnusedVariable") // parsed, never read
    private List<String> ignored = new ArrayList<>();

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

    /** What is asked about storage, here or else by the environment. */
    ModeOptions storage() {
        BuildEnvironment environment = new BuildEnvironment(console.environment());
        return ModeOptions.DEFAULT
                .withStorageDriver(
                        storageDriver == null
                                ? environment.storageDriver().orElse(StorageDriver.AUTO)
                                : Words.storageDriver(storageDriver))
                .withStorageOptions(storageOptions.isEmpty() ? environment.storageOptions() : storageOptions);
    }

    /** The store that was named; null for the user's own. */
    @Nullable
    Path root() {
        return root;
    }

    /** Opens the engine on the store that the options name. */
    BuildEngine open(EventSink events) {
        return open(events, DockerConfigCredentials.of(console.environment()));
    }

    /** The same, with other logins than those that docker and podman keep. */
    BuildEngine open(EventSink events, CredentialLookup credentials) {
        return root == null ? BuildEngine.open(events, credentials) : BuildEngine.open(root, events, credentials);
    }
}
