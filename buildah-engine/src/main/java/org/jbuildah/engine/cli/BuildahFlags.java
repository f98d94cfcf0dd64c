package org.jbuildah.engine.cli;

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
    private static final Set<String> NOT_THERE_YET = Set.of(
            "--blob-cache",
            "--cache-from",
            "--cache-to",
            "--cdi-config-dir",
            "--cgroup-parent",
            "--cgroupns",
            "--compat-volumes",
            "--cpp-flag",
            "--cpu-period",
            "--cpu-quota",
            "--cpu-shares",
            "--cpuset-cpus",
            "--cpuset-mems",
            "--cw",
            "--decryption-key",
            "--device",
            "--hooks-dir",
            "--ipc",
            "--log-level",
            "--log-rusage",
            "--logsplit",
            "--memory",
            "--memory-swap",
            "--mount",
            "--os-feature",
            "--os-version",
            "--pid",
            "--registries-conf",
            "--registries-conf-dir",
            "--runroot",
            "--rusage-logfile",
            "--save-stages",
            "--sbom",
            "--security-opt",
            "--sign-by",
            "--signature-policy",
            "--source-policy-file",
            "--stage-labels",
            "--stdin",
            "--userns",
            "--userns-gid-map",
            "--userns-uid-map",
            "--uts");

    private BuildahFlags() {}

    /** The letter for a wrong command line. */
    static RequestInvalid letter(ParameterException failure) {
        String remedy = "Try '" + failure.getCommandLine().getCommandSpec().qualifiedName() + " --help'.";
        if (failure instanceof UnmatchedArgumentException unmatched) {
            String word = unmatched.getUnmatched().get(0);
            int equals = word.indexOf('=');
            String flag = equals < 0 ? word : word.substring(0, equals);
            if (NOT_THERE_YET.contains(flag)) {
                return new RequestInvalid(
                        FailureCode.FLAG_NOT_SUPPORTED,
                        flag + " is a flag of buildah's that jbuildah does not have yet.",
                        remedy);
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
