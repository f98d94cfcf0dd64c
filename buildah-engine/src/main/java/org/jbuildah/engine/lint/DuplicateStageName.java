package org.jbuildah.engine.lint;

import java.util.HashMap;
import java.util.Map;
import org.jbuildah.engine.dockerfile.Instruction;

/**
 * A stage with the name of an earlier one, so that {@code FROM} and {@code --from} may mean different stages by it.
 *
 * @see <a href="https://docs.docker.com/reference/build-checks/duplicate-stage-name/">Docker: build checks, DuplicateStageName</a>
 */
final class DuplicateStageName implements FileRule {
    @Override
    public String description() {
        return "Every stage has a name of its own.";
    }

    @Override
    public void judge(FileView file, Findings findings) {
        Map<String, Integer> lines = new HashMap<>();
        for (Instruction.From from : file.froms()) {
            String name = from.stage();
            if (name == null) {
                continue;
            }
            Integer earlier = lines.putIfAbsent(name, from.source().firstLineInFile());
            if (earlier != null) {
                findings.report(from, "The stage in line " + earlier + " is named \"" + name + "\", too.");
            }
        }
    }
}
