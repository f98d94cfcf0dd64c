package org.jbuildah.engine.cli;

import java.io.PrintStream;
import java.nio.file.Path;
import org.jbuildah.engine.BuildEngine;
import org.jbuildah.engine.api.BuildRequest;
import org.jbuildah.engine.api.CheckReport;
import org.jbuildah.engine.lint.ReportFormat;
import picocli.CommandLine.Option;

/**
 * {@code build --check}: looks at the Dockerfile and builds nothing.
 *
 * @see <a href="https://docs.docker.com/reference/cli/docker/buildx/build/#check">docker buildx build --check</a>
 */
final class CheckFlags {
    @Option(
            names = "--check",
            description =
                    "Checks the Dockerfile and builds nothing; fails where a build would, check=error=true included.")
    private boolean check;

    @Option(
            names = "--check-format",
            paramLabel = "FORMAT",
            description = "text, json or sarif, for --check. Default: text.")
    private String format = ReportFormat.TEXT.word();

    boolean asked() {
        return check;
    }

    /** Prints the report. @return the exit code */
    int run(BuildRequest request, Cli.Console console) {
        ReportFormat chosen = Words.reportFormat(format);
        CheckReport report = BuildEngine.check(request);
        PrintStream out = console.out();
        out.print(chosen.write(report, Path.of("")));
        out.flush();
        if (chosen == ReportFormat.TEXT) {
            console.err()
                    .println(report.source().name() + ": "
                            + CheckBlock.count(report.warnings().size()));
        }
        return report.failure().isPresent() ? 1 : 0;
    }
}
