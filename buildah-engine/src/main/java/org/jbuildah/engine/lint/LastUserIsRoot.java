package org.jbuildah.engine.lint;

import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jbuildah.engine.dockerfile.Instruction;

/**
 * The image that comes out runs as root: by a USER that says so, or because nothing says otherwise. Only the target is judged, and only
 * where it can be run at all. The user of the base image is known in a build; a check takes it for root.
 *
 * @see <a href="https://docs.docker.com/build/building/best-practices/#user">Docker: building best practices, USER</a>
 */
final class LastUserIsRoot implements StageRule {
    @Override
    public Origin origin() {
        return Origin.OURS;
    }

    @Override
    public String description() {
        return "The image does not run as root.";
    }

    private static final Pattern ROOT = Pattern.compile("(?:root|0+)(?::.*)?");

    @Override
    public boolean asksForBase() {
        return true;
    }

    @Override
    public void judge(StageView stage, Findings findings) {
        if (!stage.isTarget() || !isRunnable(stage)) {
            return;
        }
        Optional<StageView.Place> own = stage.places().stream()
                .filter(place -> place.instruction() instanceof Instruction.User)
                .reduce((earlier, later) -> later);
        if (own.isPresent()) {
            Instruction.User user = (Instruction.User) own.get().instruction();
            own.get()
                    .scope()
                    .expand(user.user())
                    .text()
                    .filter(LastUserIsRoot::isRoot)
                    .ifPresent(name -> findings.report(
                            user,
                            "USER " + name + " is the last one: the container runs as root; end with another user."));
        } else if (inheritsRoot(stage)) {
            findings.report(
                    stage.stage().from(),
                    "The container runs as root"
                            + (stage.standsOnScratch() || stage.base().isPresent()
                                    ? ""
                                    : ", unless the base image says otherwise")
                            + ": no USER names anyone else; add one, such as USER 1000.");
        }
    }

    private static boolean isRunnable(StageView stage) {
        return !stage.standsOnScratch()
                || Stream.concat(stage.inherited().stream(), stage.stage().instructions().stream())
                        .anyMatch(instruction -> instruction instanceof Instruction.Cmd
                                || instruction instanceof Instruction.Entrypoint);
    }

    private static boolean inheritsRoot(StageView stage) {
        Optional<String> user = stage.inherited().stream()
                .filter(Instruction.User.class::isInstance)
                .map(instruction -> ((Instruction.User) instruction).user())
                .reduce((earlier, later) -> later)
                .or(() -> stage.base().map(config -> config.container().user()));
        return user.isEmpty() || user.get().isEmpty() || isRoot(user.get());
    }

    private static boolean isRoot(String user) {
        return ROOT.matcher(user).matches();
    }
}
