package org.jbuildah.engine.lint;

import org.jbuildah.engine.api.SourceSpan;
import org.jbuildah.engine.dockerfile.Instruction;

/** Takes what a rule finds. */
@FunctionalInterface
interface Findings {
    /** @param detail what was found, in whole sentences, values quoted */
    void report(SourceSpan place, String detail);

    default void report(Instruction instruction, String detail) {
        report(instruction.source(), detail);
    }
}
