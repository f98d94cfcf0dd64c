package org.jbuildah.engine.lint;

import org.jbuildah.engine.dockerfile.AsWritten;
import org.jbuildah.engine.dockerfile.Instruction;

/**
 * {@code FROM x as y} and its like: the two keywords of one line in different capitals. A FROM that is itself neither in upper nor in lower case is left to {@link ConsistentInstructionCasing}.
 *
 * @see <a href="https://docs.docker.com/reference/build-checks/from-as-casing/">Docker: build checks, FromAsCasing</a>
 */
final class FromAsCasing implements FileRule {
    @Override
    public String description() {
        return "FROM and AS are written in the same case.";
    }

    @Override
    public void judge(FileView file, Findings findings) {
        for (Instruction.From from : file.froms()) {
            AsWritten written = AsWritten.of(from);
            KeywordCase keywordCase = KeywordCase.of(written.keyword());
            written.stage()
                    .map(AsWritten.StageWords::as)
                    .filter(as -> keywordCase != KeywordCase.MIXED
                            && !keywordCase.in(as).equals(as))
                    .ifPresent(as -> findings.report(
                            from,
                            "\"" + as + "\" stands behind \"" + written.keyword() + "\"; write \"" + keywordCase.in(as)
                                    + "\"."));
        }
    }
}
