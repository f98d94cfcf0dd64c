package org.jbuildah.engine.lint;

import java.util.List;
import java.util.regex.Pattern;
import org.jbuildah.engine.dockerfile.Instruction;

/** The sources of COPY and ADD that are looked for in the build context. */
final class ContextSources {
    private static final Pattern REMOTE = Pattern.compile("(?i)[a-z][a-z0-9+.-]*://.*|[\\w.-]+@[\\w.-]+:.*");

    private ContextSources() {}

    /** Variables expanded; without those that cannot be, which the build refuses. */
    static List<String> of(Instruction.Transfer transfer, Scope scope) {
        if (transfer.from().isPresent()) {
            return List.of();
        }
        boolean add = transfer.kind() == Instruction.Transfer.Kind.ADD;
        return transfer.paths().stream()
                .flatMap(path -> scope.expand(path).text().stream())
                .filter(path -> !add || !REMOTE.matcher(path).matches())
                .toList();
    }
}
