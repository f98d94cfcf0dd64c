package org.jbuildah.maven;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.maven.plugin.logging.Log;
import org.jbuildah.engine.api.CheckReport;
import org.jbuildah.engine.api.CheckWarning;
import org.jbuildah.engine.api.DockerfileInvalid;
import org.jbuildah.engine.api.FailureCode;
import org.jbuildah.engine.api.TransferFailed;
import org.jbuildah.maven.config.CheckSettings;

/** What a check came to: written, told and, where the settings want it, a failure. */
final class CheckOutcome {
    private final CheckReport report;
    private final CheckSettings settings;

    CheckOutcome(CheckReport report, CheckSettings settings) {
        this.report = report;
        this.settings = settings;
    }

    /** Writes the report file, if there is to be one, in which files are named relative to the root. */
    void write(Path root) {
        Path file = settings.reportFile();
        if (file == null) {
            return;
        }
        try {
            Path parent = file.getParent();
            if (parent != null) {
                Files.createDirectories(parent);
            }
            Files.writeString(file, settings.format().write(report, root), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new TransferFailed(
                    FailureCode.OUTPUT_UNWRITABLE,
                    "The report of the checks could not be written to \"" + file + "\": " + e.getMessage() + ".",
                    "Name another place by <reportFile>.",
                    e);
        }
    }

    /** One line a warning, and how many there are. A failure that is to be none is told as a warning, too. */
    void tell(Log log) {
        report.warnings().forEach(warning -> log.warn(warning.line()));
        if (settings.failOn() == CheckSettings.FailOn.NEVER) {
            report.failure().ifPresent(failure -> log.warn(failure.letter()));
        }
        int warnings = report.warnings().size();
        if (warnings == 0) {
            log.info(report.source().name() + ": no warnings");
        } else {
            log.info(report.source().name() + ": " + (warnings == 1 ? "1 warning" : warnings + " warnings")
                    + ", explained at " + CheckWarning.MANUAL);
        }
    }

    void failIfAsked() {
        if (settings.failOn() == CheckSettings.FailOn.NEVER) {
            return;
        }
        report.failure().ifPresent(failure -> {
            throw failure;
        });
        if (settings.failOn() == CheckSettings.FailOn.WARNING
                && !report.warnings().isEmpty()) {
            CheckWarning first = report.warnings().get(0);
            throw new DockerfileInvalid(
                            FailureCode.CHECK_FAILED,
                            "Build checks found something (warnings: "
                                    + report.warnings().size() + "), and <failOn> is \"warning\".",
                            "Mend them, or write # check=skip=RULE just before the instruction.")
                    .at(first.place());
        }
    }
}
