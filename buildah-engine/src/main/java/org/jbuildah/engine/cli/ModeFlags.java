package org.jbuildah.engine.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jbuildah.engine.api.BuildEnvironment;
import org.jbuildah.engine.api.BuildMode;
import org.jbuildah.engine.api.ModeOptions;
import org.jbuildah.engine.api.RuntimeOptions;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How RUN is kept apart. */
final class ModeFlags {
    @Option(
            names = "--mode",
            paramLabel = "MODE",
            description =
                    "auto, native-chroot, native-rootless or docker-with-fuse. Default: $BUILDAH_MODE, else --isolation, else auto.")
    private @Nullable String mode;

    @Option(
            names = "--isolation",
            paramLabel = "KIND",
            description = "chroot (native-chroot), rootless or oci (native-rootless). Default: $BUILDAH_ISOLATION.")
    private @Nullable String isolation;

    @Option(
            names = "--allow-weak-isolation",
            description =
                    "Where no namespaces can be had, RUN may use a plain chroot, which keeps apart honest programs only.")
    private boolean allowWeakIsolation;

    @Option(
            names = "--allow-nested-runtime",
            description = "The mode native-rootless may be tried inside of a container.")
    private boolean allowNestedRuntime;

    @Option(
            names = "--runtime",
            paramLabel = "PROGRAM",
            description =
                    "The OCI runtime of the mode native-rootless, a name or an absolute path. Default: $BUILDAH_RUNTIME, "
                            + "else the first of crun, runc, kata-runtime and runsc.")
    private @Nullable String runtime;

    @Option(
            names = "--runtime-flag",
            paramLabel = "FLAG",
            description =
                    "A global flag of the OCI runtime, without the two dashes before it, such as log-level=debug.")
    private List<String> runtimeFlags = new ArrayList<>();

    ModeOptions options(GlobalOptions global) {
        return global.storage()
                .withMode(mode(new BuildEnvironment(global.console().environment())))
                .withAllowWeakIsolation(allowWeakIsolation)
                .withAllowNestedRuntime(allowNestedRuntime)
                .withRuntime(RuntimeOptions.of(runtime(global.console().environment()), runtimeFlags));
    }

    private String runtime(Map<String, String> environment) {
        return runtime == null ? environment.getOrDefault("BUILDAH_RUNTIME", "") : runtime;
    }

    private BuildMode mode(BuildEnvironment environment) {
        if (mode == null && isolation == null) {
            return environment.mode().orElse(BuildMode.AUTO);
        }
        BuildMode ofIsolation = isolation == null ? null : BuildMode.ofIsolation("--isolation", isolation);
        BuildMode ofMode = mode == null ? null : Words.mode(mode);
        if (ofMode != null && ofIsolation != null && ofMode != ofIsolation) {
            throw Cli.wrong(
                    "--mode " + mode + " and --isolation " + isolation + " ask for different things.",
                    "Leave one of them out.");
        }
        return ofMode != null ? ofMode : ofIsolation != null ? ofIsolation : BuildMode.AUTO;
    }
}
