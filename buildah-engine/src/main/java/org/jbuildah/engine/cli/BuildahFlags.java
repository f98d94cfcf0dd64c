package org.jbuildah.engine.cli;

import static java.util.Map.entry;

import java.util.Map;
import java.util.Set;
import org.jbuildah.engine.api.FailureCode;
import org.jbuildah.engine.api.NearMiss;
import org.jbuildah.engine.api.RequestInvalid;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * The flags of buildah that this program does not have: refused by name, so that nobody believes that they had an effect.
 *
 * @see <a href="https://github.com/containers/buildah/blob/main/docs/buildah-build.1.md">buildah-build(1)</a>
 */
final class BuildahFlags {
    private static final String LIMITS =
            "Limit the builder, under which every RUN counts: by its pod, or with systemd-run --scope -p MemoryMax=2G jbuildah build.";
    private static final String NAMESPACES =
            "Leave it out: a RUN has its own namespaces in any case; --network and --mode are what can be chosen.";
    private static final String SUPPLY_CHAIN =
            "Write the image to a layout (-o type=oci,dest=DIR), and let cosign, skopeo or syft work on that.";
    private static final String STAGES =
            "Build such a stage as an image of its own: --target STAGE -t NAME --label NAME=VALUE.";
    private static final String CACHE =
            "Keep the store between builds, such as with the cache of a CI; --root names its directory.";
    private static final String RULES_OF_THE_MACHINE = "Leave it out: that configuration is not read here.";
    private static final String USAGE =
            "Use time or systemd-run to see what a build takes; --logfile has what it says.";

    /** What to do without them. */
    private static final Map<String, String> REMEDIES = Map.ofEntries(
            entry("--blob-cache", CACHE),
            entry("--cache-from", CACHE),
            entry("--cache-to", CACHE),
            entry("--cgroup-parent", LIMITS),
            entry("--cgroupns", NAMESPACES),
            entry(
                    "--compat-volumes",
                    "Leave it out: what a RUN changes below a VOLUME is kept, as BuildKit keeps it. Write VOLUME behind the last RUN."),
            entry("--cpu-period", LIMITS),
            entry("--cpu-quota", LIMITS),
            entry("--cpu-shares", LIMITS),
            entry("--cpuset-cpus", LIMITS),
            entry("--cpuset-mems", LIMITS),
            entry("--decryption-key", SUPPLY_CHAIN),
            entry("--ipc", NAMESPACES),
            entry("--log-rusage", USAGE),
            entry("--logsplit", "Build one platform at a time, each with its own --logfile."),
            entry("--memory", LIMITS),
            entry("--memory-swap", LIMITS),
            entry("--mount", "Write it behind the RUN that needs it (RUN --mount=…), or --volume PATH:TARGET for all."),
            entry("--pid", NAMESPACES),
            entry("--registries-conf", RULES_OF_THE_MACHINE),
            entry("--registries-conf-dir", RULES_OF_THE_MACHINE),
            entry("--rusage-logfile", USAGE),
            entry("--save-stages", STAGES),
            entry("--sbom", SUPPLY_CHAIN),
            entry("--sign-by", SUPPLY_CHAIN),
            entry("--signature-policy", RULES_OF_THE_MACHINE),
            entry("--source-policy-file", RULES_OF_THE_MACHINE),
            entry("--stage-labels", STAGES),
            entry(
                    "--stdin",
                    "Hand the input over as a here-document, a secret or a bind mount: what a RUN reads must count for the cache."),
            entry("--userns", NAMESPACES),
            entry("--userns-gid-map", NAMESPACES),
            entry("--userns-uid-map", NAMESPACES),
            entry("--uts", NAMESPACES));

    private static final Set<String> WITHOUT_REMEDY = Set.of(
            "--cdi-config-dir",
            "--cpp-flag",
            "--cw",
            "--device",
            "--hooks-dir",
            "--os-feature",
            "--os-version",
            "--security-opt");

    private BuildahFlags() {}

    /** The letter for a wrong command line. */
    static RequestInvalid letter(ParameterException failure) {
        String remedy = "Try '" + failure.getCommandLine().getCommandSpec().qualifiedName() + " --help'.";
        if (failure instanceof UnmatchedArgumentException unmatched) {
            String word = unmatched.getUnmatched().get(0);
            int equals = word.indexOf('=');
            String flag = equals < 0 ? word : word.substring(0, equals);
            if (REMEDIES.containsKey(flag) || WITHOUT_REMEDY.contains(flag)) {
                return new RequestInvalid(
                        FailureCode.FLAG_NOT_SUPPORTED,
                        flag + " is a flag of buildah's that jbuildah does not have yet.",
                        REMEDIES.getOrDefault(flag, remedy));
            }
            if (flag.startsWith("-")) {
                Set<String> known =
                        failure.getCommandLine().getCommandSpec().optionsMap().keySet();
                String guess = NearMiss.of(flag, known)
                        .map(near -> "; did you mean " + near + "?")
                        .orElse(".");
                return Cli.wrong("There is no option " + flag + guess, remedy);
            }
            return leftOver(word, failure.getCommandLine(), remedy);
        }
        return Cli.wrong(failure.getMessage() + ".", remedy);
    }

    /** Where a command is to stand, a word is one that is not known; behind a command it is one too many. */
    private static RequestInvalid leftOver(String word, CommandLine command, String remedy) {
        Set<String> commands = command.getSubcommands().keySet();
        if (commands.isEmpty()) {
            return Cli.wrong(
                    "\"" + word + "\" is one word too many for " + command.getCommandName() + ".",
                    "An option stands before it, or it needs quotes. " + remedy);
        }
        String guess = NearMiss.of(word, commands)
                .map(near -> "; did you mean " + near + "?")
                .orElse(".");
        return Cli.wrong("There is no command \"" + word + "\"" + guess, remedy);
    }
}
