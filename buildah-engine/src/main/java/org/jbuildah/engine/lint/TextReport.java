package org.jbuildah.engine.lint;

import org.jbuildah.engine.api.CheckReport;
import org.jbuildah.engine.api.CheckWarning;

/** One paragraph a warning; the failure, if any, comes last. */
final class TextReport {
    private TextReport() {}

    static String write(CheckReport report) {
        StringBuilder text = new StringBuilder();
        for (CheckWarning warning : report.warnings()) {
            text.append(warning.letter()).append("\n\n");
        }
        report.failure().ifPresent(failure -> text.append(failure.letter()).append('\n'));
        return text.toString();
    }
}
