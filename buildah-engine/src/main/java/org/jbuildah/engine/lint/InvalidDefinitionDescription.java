package org.jbuildah.engine.lint;

import java.util.List;
import org.jbuildah.engine.dockerfile.Instruction;

/**
 * A comment just before a FROM AS or an ARG that does not begin with the name of what it stands before: tools that list targets and arguments show such comments as their description. Experimental: off, unless asked for.
 *
 * @see <a href="https://docs.docker.com/reference/build-checks/invalid-definition-description/">Docker: build checks, InvalidDefinitionDescription</a>
 */
final class InvalidDefinitionDescription implements FileRule {
    @Override
    public Origin origin() {
        return Origin.BUILDKIT_EXPERIMENTAL;
    }

    @Override
    public String description() {
        return "A comment just before a named stage or an ARG describes it: # NAME DESCRIPTION.";
    }

    @Override
    public void judge(FileView file, Findings findings) {
        for (Instruction instruction : file.dockerfile().instructions()) {
            List<String> names = defined(instruction);
            List<String> comments = file.dockerfile().remarks().before(instruction);
            if (names.isEmpty() || comments.isEmpty()) {
                continue;
            }
            String firstWord = comments.get(comments.size() - 1).split(" ", 2)[0];
            if (!names.contains(firstWord)) {
                findings.report(
                        instruction,
                        "The comment does not describe " + String.join(" or ", names)
                                + "; begin it with that name, or part it by an" + " empty line.");
            }
        }
    }

    private static List<String> defined(Instruction instruction) {
        if (instruction instanceof Instruction.Arg arg) {
            return arg.declarations().stream()
                    .map(Instruction.Arg.Declaration::name)
                    .toList();
        }
        if (instruction instanceof Instruction.From from && from.stage() != null) {
            return List.of(from.stage());
        }
        return List.of();
    }
}
