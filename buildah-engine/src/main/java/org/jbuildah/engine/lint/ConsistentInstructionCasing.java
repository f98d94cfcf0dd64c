package org.jbuildah.engine.lint;

import java.util.List;
import org.jbuildah.engine.dockerfile.AsWritten;
import org.jbuildah.engine.dockerfile.Instruction;

/**
 * A keyword that is not written in the case of most others; upper case where both are equally many. ARGs before the first FROM neither count nor are judged, as in BuildKit.
 *
 * @see <a href="https://docs.docker.com/reference/build-checks/consistent-instruction-casing/">Docker: build checks, ConsistentInstructionCasing</a>
 */
final class ConsistentInstructionCasing implements FileRule {
    @Override
    public String description() {
        return "All keywords are written in one case, upper or lower.";
    }

    @Override
    public void judge(FileView file, Findings findings) {
        List<Instruction> judged = file.dockerfile().instructions().stream()
                .dropWhile(instruction -> !(instruction instanceof Instruction.From))
                .toList();
        KeywordCase majority = count(judged, KeywordCase.LOWER) > count(judged, KeywordCase.UPPER)
                ? KeywordCase.LOWER
                : KeywordCase.UPPER;
        for (Instruction instruction : judged) {
            String keyword = AsWritten.of(instruction).keyword();
            if (KeywordCase.of(keyword) != majority) {
                findings.report(
                        instruction,
                        "\"" + keyword + "\" is not written as most keywords of this file are; write \""
                                + majority.in(keyword) + "\".");
            }
        }
    }

    private static long count(List<Instruction> instructions, KeywordCase keywordCase) {
        return instructions.stream()
                .map(instruction -> AsWritten.of(instruction).keyword())
                .filter(keyword -> KeywordCase.of(keyword) == keywordCase)
                .count();
    }
}
