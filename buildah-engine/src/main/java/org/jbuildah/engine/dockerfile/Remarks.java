package org.jbuildah.engine.dockerfile;

import java.util.List;
import java.util.Map;

/**
 * What the lines of a Dockerfile say beside its instructions.
 *
 * @param comments the comments that stand just before an instruction, by its first line; without their marks and surrounding blanks.
 *     A blank line or an empty comment parts a comment from what follows; parser directives are no comments.
 * @param gaps empty lines within continued instructions
 */
public record Remarks(Map<Integer, List<String>> comments, List<Gap> gaps) {
    public Remarks {
        comments = Map.copyOf(comments);
        gaps = List.copyOf(gaps);
    }

    /** @param emptyLine the first empty line within an instruction, whose continued lines end at {@code lastLine} */
    public record Gap(int emptyLine, int lastLine) {}

    /** The comments just before an instruction, uppermost first. */
    public List<String> before(Instruction instruction) {
        return comments.getOrDefault(instruction.source().firstLine(), List.of());
    }
}
