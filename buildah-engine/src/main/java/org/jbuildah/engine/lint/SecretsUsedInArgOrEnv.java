package org.jbuildah.engine.lint;

import java.util.regex.Pattern;
import org.jbuildah.engine.dockerfile.Instruction;

/**
 * An ARG or ENV whose name sounds like a secret: its value stays in the image, in config or history, for everyone who can pull it. Names that say that they hold something public, a file or a version are let through.
 *
 * @see <a href="https://docs.docker.com/reference/build-checks/secrets-used-in-arg-or-env/">Docker: build checks, SecretsUsedInArgOrEnv</a>
 */
final class SecretsUsedInArgOrEnv implements StageRule {
    @Override
    public String description() {
        return "Secrets come by RUN --mount=type=secret, not by ARG or ENV.";
    }

    private static final Pattern SECRET = word("apikey|auth|credentials?|key|password|passwd|pword|secret|token");
    private static final Pattern HARMLESS = word("public|file|version");

    /** One of the words, parted from the rest of a name by underscores. */
    private static Pattern word(String alternatives) {
        return Pattern.compile("(?:_|^)(?:" + alternatives + ")(?:_|$)", Pattern.CASE_INSENSITIVE);
    }

    @Override
    public void judge(StageView stage, Findings findings) {
        for (StageView.Place place : stage.places()) {
            if (place.instruction() instanceof Instruction.Arg arg) {
                arg.declarations().forEach(declaration -> judge("ARG", declaration.name(), arg, findings));
            } else if (place.instruction() instanceof Instruction.Env env) {
                env.assignments().forEach(assignment -> place.scope()
                        .expand(assignment.name())
                        .text()
                        .ifPresent(name -> judge("ENV", name, env, findings)));
            }
        }
    }

    private static void judge(String keyword, String name, Instruction instruction, Findings findings) {
        if (SECRET.matcher(name).find() && !HARMLESS.matcher(name).find()) {
            findings.report(
                    instruction,
                    keyword + " " + name
                            + " sounds like a secret, and stays readable in the image; use RUN --mount=type=secret.");
        }
    }
}
