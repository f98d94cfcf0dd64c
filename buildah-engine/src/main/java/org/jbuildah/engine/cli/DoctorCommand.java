package org.jbuildah.engine.cli;

import java.util.concurrent.Callable;
import org.jbuildah.engine.BuildEngine;
import org.jbuildah.engine.host.Diagnosis;
import org.jbuildah.engine.host.DiagnosisJson;
import org.jbuildah.engine.host.DiagnosisText;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code jbuildah doctor}: what this machine can do, and how it could do more. */
@Command(
        name = "doctor",
        description =
                "Tells how well RUN works on this machine, why not better, and what would change that. Exit code 0: RUN works, 1: it cannot.")
final class DoctorCommand implements Callable<Integer> {
    @ParentCommand
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Cli cli;

    @Mixin
    private final ModeFlags modes = new ModeFlags();

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "text or json, which has the recipes for every place. Default: text.")
    private String format = "text";

    @Option(
            names = "--rehearse",
            arity = "0..1",
            fallbackValue = "true",
            paramLabel = "BOOL",
            description = "False: reads only; starts no worker, and no other program. Default: true.")
    private boolean rehearse = true;

    @Override
    public Integer call() {
        if (!format.equals("text") && !format.equals("json")) {
            throw Cli.wrong("--format \"" + format + "\" is not known.", "The formats are text and json.");
        }
        Diagnosis diagnosis = BuildEngine.examine(cli.global().root(), modes.options(cli.global()), rehearse);
        Cli.Console console = cli.global().console();
        if (format.equals("json")) {
            console.out().println(DiagnosisJson.write(diagnosis));
        } else {
            DiagnosisText.lines(diagnosis).forEach(console.out()::println);
        }
        return diagnosis.runWorks() ? 0 : 1;
    }
}
