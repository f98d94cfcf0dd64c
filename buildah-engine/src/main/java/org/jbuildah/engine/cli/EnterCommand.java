package org.jbuildah.engine.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jbuildah.engine.BuildEngine;
import org.jbuildah.engine.api.KeptRun;
import org.jbuildah.engine.api.ModeOptions;
import org.jbuildah.engine.progress.EventSink;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code jbuildah enter}: a look at what a failed RUN left. */
@Command(
        name = "enter",
        description =
                "Runs a command, or a shell, in the root file system of a failed RUN that build --keep-failed kept, "
                        + "and gives its exit code. What it changes is thrown away. Without an id: lists what is kept.")
final class EnterCommand implements Callable<Integer> {
    private static final String ROW = "%-12s %-20s %-30s %s%n";
    private static final int LONGEST_REASON = 120;

    @ParentCommand
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Cli cli;

    @Parameters(
            arity = "0..*",
            paramLabel = "[ID [COMMAND [ARGUMENT]...]]",
            hideParamSyntax = true,
            description = "The id, or its beginning, and the command; options of jbuildah stand before the id.")
    private List<String> words = new ArrayList<>();

    @Override
    public Integer call() throws InterruptedException {
        Cli.Console console = cli.global().console();
        try (BuildEngine engine = cli.global().open(EventSink.silent())) {
            if (words.isEmpty()) {
                list(engine.keptRuns(), console);
                return 0;
            }
            String id = words.get(0);
            Optional<UserTerminal> terminal = UserTerminal.Stream.OUTPUT.isTerminal()
                    ? UserTerminal.find(console.environment())
                    : Optional.empty();
            ModeOptions asked = cli.global().storage();
            return terminal.isPresent()
                    ? engine.enter(id, command(), asked, terminal.get())
                    : engine.enter(id, commandOf(id), asked, console.out(), console.err());
        }
    }

    private List<String> commandOf(String id) {
        List<String> command = command();
        if (command.isEmpty()) {
            throw Cli.wrong(
                    "\"enter " + id + "\" opens a shell, which needs a terminal, and there is none.",
                    "Write a command behind the id, such as: jbuildah enter " + id + " ls -l /");
        }
        return command;
    }

    private List<String> command() {
        List<String> command = words.subList(1, words.size());
        if (!command.isEmpty() && command.get(0).equals("--")) {
            command = command.subList(1, command.size());
        }
        return command;
    }

    private static void list(List<KeptRun> runs, Cli.Console console) {
        console.out().printf(ROW, "ID", "FAILED", "PLACE", "REASON");
        for (KeptRun run : runs) {
            String time = run.failed().toString().substring(0, 19).replace('T', ' ');
            console.out().printf(ROW, run.id(), time, run.place(), oneLine(run.reason()));
        }
    }

    /** A command may be as long as a script. */
    private static String oneLine(String reason) {
        String line = reason.replaceAll("\\s+", " ");
        return line.length() <= LONGEST_REASON
                ? line
                : line.substring(0, LONGEST_REASON / 2) + " … " + line.substring(line.length() - LONGEST_REASON / 2);
    }
}
