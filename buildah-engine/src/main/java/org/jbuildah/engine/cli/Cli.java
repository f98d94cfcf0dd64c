package org.jbuildah.engine.cli;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jbuildah.engine.BuildEngine;
import org.jbuildah.engine.api.BuildException;
import org.jbuildah.engine.api.FailureCode;
import org.jbuildah.engine.api.RequestInvalid;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * The command line {@code jbuildah}: buildah's words. Standard output is for answers; progress and failures go to standard error.
 *
 * <p>Exit codes: 0 success, 1 failure, 2 a wrong command line, 130 ended from outside.
 */
@Command(
        name = "jbuildah",
        description = "Builds Dockerfiles: no daemon, no root, no native install.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = false)
public final class Cli implements Runnable {
    /** In the order of the help text. */
    private static final List<Class<?>> COMMANDS = List.of(
            BuildCommand.class,
            PushCommand.class,
            PullCommand.class,
            ImagesCommand.class,
            InspectCommand.class,
            TagCommand.class,
            RmiCommand.class,
            EnterCommand.class,
            PruneCommand.class,
            FsckCommand.class,
            InfoCommand.class,
            DoctorCommand.class,
            VersionCommand.class);

    private static final int FAILED = 1;
    private static final int WRONG_COMMAND_LINE = 2;
    private static final int ENDED_FROM_OUTSIDE = 130;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Mixin
    private final GlobalOptions global;

    @Option(
            names = {"-v", "--version"},
            description = "Tells the version.")
    private boolean version;

    private Cli(Console console) {
        this.global = new GlobalOptions(console);
    }

    public static void main(String[] arguments) {
        Console console = new Console(
                new PrintStream(System.out, true, StandardCharsets.UTF_8),
                new PrintStream(System.err, true, StandardCharsets.UTF_8),
                System.getenv());
        Ending ending = new Ending(console.err());
        ending.hearSignals();
        int code = run(arguments, console, ending);
        ending.byItself();
        System.out.flush();
        System.exit(code);
    }

    /** Runs one command line and gives its exit code. */
    static int run(String[] arguments, Console console) {
        return run(arguments, console, new Ending(console.err()));
    }

    private static int run(String[] arguments, Console console, Ending ending) {
        Cli cli = new Cli(console);
        CommandLine commands = new CommandLine(cli);
        named(arguments).forEach(commands::addSubcommand);
        CommandLine enter = commands.getSubcommands().get("enter");
        if (enter != null) {
            enter.setStopAtPositional(true); // what follows is another program's command line
        }
        commands.setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpAutoWidth(true)
                .setOut(new PrintWriter(console.out(), true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(console.err(), true, StandardCharsets.UTF_8))
                .setParameterExceptionHandler((failure, words) -> wrongCommandLine(failure, console))
                .setExecutionExceptionHandler((failure, command, parsed) -> failed(failure, console, ending));
        return commands.execute(arguments);
    }

    /** The commands that the words may mean, all of them if none: a command that nobody named costs its share of the start. */
    private static List<Class<?>> named(String[] arguments) {
        Set<String> words = Set.copyOf(Arrays.asList(arguments));
        List<Class<?>> named = COMMANDS.stream()
                .filter(command -> names(command.getAnnotation(Command.class)).anyMatch(words::contains))
                .toList();
        return named.isEmpty() ? COMMANDS : named;
    }

    private static Stream<String> names(Command command) {
        return Stream.concat(Stream.of(command.name()), Arrays.stream(command.aliases()));
    }

    @Override
    public void run() {
        if (version) {
            global.console().out().println("jbuildah " + BuildEngine.version());
            return;
        }
        throw new ParameterException(spec.commandLine(), "A command is missing");
    }

    private static int wrongCommandLine(ParameterException failure, Console console) {
        console.err().println(BuildahFlags.letter(failure).letter());
        return WRONG_COMMAND_LINE;
    }

    private static int failed(Exception failure, Console console, Ending ending) throws Exception {
        boolean cancelled = failure instanceof InterruptedException
                || (failure instanceof BuildException letter && letter.code() == FailureCode.CANCELLED);
        if (cancelled || ending.told()) {
            ending.cancelled();
            return ENDED_FROM_OUTSIDE;
        }
        if (failure instanceof BuildException letter) {
            console.err().println(letter.letter());
            return FAILED;
        }
        throw failure;
    }

    /** The streams and the environment of a run of the command line. */
    record Console(PrintStream out, PrintStream err, Map<String, String> environment) {
        Console {
            environment = Map.copyOf(environment);
        }
    }

    GlobalOptions global() {
        return global;
    }

    /** A wrong value on the command line. */
    static RequestInvalid wrong(String what, String remedy) {
        return new RequestInvalid(FailureCode.REQUEST_INVALID, what, remedy);
    }
}
