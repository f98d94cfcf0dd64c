package org.jbuildah.engine.lint;

import java.util.Set;
import org.jbuildah.engine.dockerfile.Instruction;

/**
 * A stage named like something else that {@code FROM} or {@code --from} can mean.
 *
 * @see <a href="https://docs.docker.com/reference/build-checks/reserved-stage-name/">Docker: build checks, ReservedStageName</a>
 */
final class ReservedStageName implements FileRule {
    @Override
    public String description() {
        return "No stage is named scratch or context.";
    }

    private static final Set<String> RESERVED = Set.of("scratch", "context");

    @Override
    public void judge(FileView file, Findings findings) {
        for (Instruction.From from : file.froms()) {
            String name = from.stage();
            if (name != null && RESERVED.contains(name)) {
                findings.report(from, "\"" + name + "\" has a meaning of its own and cannot well name a stage.");
            }
        }
    }
}
