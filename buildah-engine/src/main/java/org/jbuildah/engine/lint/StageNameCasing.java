package org.jbuildah.engine.lint;

import java.util.Locale;
import org.jbuildah.engine.dockerfile.AsWritten;
import org.jbuildah.engine.dockerfile.Instruction;

/**
 * A stage whose name has capitals. Names are compared without regard to case, so that capitals only make them look like keywords.
 *
 * @see <a href="https://docs.docker.com/reference/build-checks/stage-name-casing/">Docker: build checks, StageNameCasing</a>
 */
final class StageNameCasing implements FileRule {
    @Override
    public String description() {
        return "The name of a stage is written in lower case.";
    }

    @Override
    public void judge(FileView file, Findings findings) {
        for (Instruction.From from : file.froms()) {
            AsWritten.of(from)
                    .stage()
                    .map(AsWritten.StageWords::name)
                    .filter(name -> !name.equals(name.toLowerCase(Locale.ROOT)))
                    .ifPresent(name -> findings.report(
                            from,
                            "The stage name \"" + name + "\" has capitals; write \"" + name.toLowerCase(Locale.ROOT)
                                    + "\"."));
        }
    }
}
