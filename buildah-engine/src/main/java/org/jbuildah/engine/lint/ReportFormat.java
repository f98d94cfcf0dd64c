package org.jbuildah.engine.lint;

import java.nio.file.Path;
import java.util.Locale;
import org.jbuildah.engine.api.CheckReport;

/** How a report of checks is written. */
public enum ReportFormat {
    /** For people: each warning with its place, the quoted lines and the manual's address. */
    TEXT {
        @Override
        public String write(CheckReport report, Path root) {
            return TextReport.write(report);
        }
    },
    /** The answer of BuildKit's {@code --call=check,format=json}. */
    JSON {
        @Override
        public String write(CheckReport report, Path root) {
            return JsonReport.write(report);
        }
    },
    /** SARIF 2.1.0, which code hosts and IDEs read. */
    SARIF {
        @Override
        public String write(CheckReport report, Path root) {
            return SarifReport.write(report, root);
        }
    };

    /**
     * @param root the directory that the reader of the report looks into; files below it are named relative to it where the format
     *     wants that
     * @return whole lines; empty where there is nothing to tell in a text
     */
    public abstract String write(CheckReport report, Path root);

    /** The word for it, in lower case. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
