package org.jbuildah.engine.build;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jbuildah.engine.api.DockerfileInvalid;
import org.jbuildah.engine.api.FailureCode;
import org.jbuildah.engine.dockerfile.Instruction;
import org.jbuildah.engine.dockerfile.Instruction.Assignment;
import org.jbuildah.engine.dockerfile.WordLexer;
import org.jbuildah.engine.oci.ContainerConfig;
import org.jbuildah.engine.oci.Healthcheck;
import org.jbuildah.engine.plan.ArgScope;

/**
 * The instructions that change the config alone, each a function from state to state. Within one instruction every word sees the
 * same variables.
 *
 * @see <a href="https://docs.docker.com/reference/dockerfile/">Dockerfile reference</a>
 */
final class ConfigSteps {
    private static final List<String> DEFAULT_SHELL = List.of("/bin/sh", "-c");

    private final WordLexer lexer;

    ConfigSteps(WordLexer lexer) {
        this.lexer = lexer;
    }

    Step.OfConfig arg(Instruction.Arg instruction) {
        return before -> {
            StageState state = before;
            List<String> notes = new ArrayList<>();
            for (Instruction.Arg.Declaration declaration : instruction.declarations()) {
                String name = declaration.name(); // BuildKit expands the value only
                String written = declaration.defaultValue();
                String fallback = written == null ? null : lexer.expand(written, state.variables());
                ArgScope scope = state.args().declare(name, fallback);
                state = state.withArgs(scope); // what follows in the same instruction sees it already
                notes.add(name
                        + before.args()
                                .ofDeclaration(name, fallback)
                                .map(value -> "=" + value)
                                .orElse(""));
            }
            return state.withImage(state.image().withNote("ARG " + String.join(" ", notes)));
        };
    }

    Step.OfConfig env(Instruction.Env instruction) {
        return before -> {
            List<Assignment> assignments = expanded(instruction.assignments(), before);
            List<String> env = before.image().container().env();
            ArgScope args = before.args();
            for (Assignment assignment : assignments) {
                env = withVariable(env, assignment);
                args = args.assign(assignment.name(), assignment.value());
            }
            List<String> all = env;
            return before.withArgs(args).configured(config -> config.env(all), "ENV " + note(assignments));
        };
    }

    private static List<String> withVariable(List<String> env, Assignment assignment) {
        String prefix = assignment.name() + "=";
        List<String> changed = new ArrayList<>();
        boolean seen = false;
        for (String entry : env) {
            boolean same = entry.startsWith(prefix);
            changed.add(same ? prefix + assignment.value() : entry);
            seen |= same;
        }
        if (!seen) {
            changed.add(prefix + assignment.value());
        }
        return changed;
    }

    Step.OfConfig label(Instruction.Label instruction) {
        return before -> {
            List<Assignment> assignments = expanded(instruction.assignments(), before);
            SortedMap<String, String> labels =
                    new TreeMap<>(before.image().container().labels());
            assignments.forEach(assignment -> labels.put(assignment.name(), assignment.value()));
            return before.configured(config -> config.labels(labels), "LABEL " + note(assignments));
        };
    }

    Step.OfConfig maintainer(Instruction.Maintainer instruction) {
        return before -> before.withImage(
                before.image().withAuthor(instruction.author()).withNote("MAINTAINER " + instruction.author()));
    }

    Step.OfConfig user(Instruction.User instruction) {
        return before -> {
            String user = lexer.expand(instruction.user(), before.variables());
            return before.configured(config -> config.user(user), "USER " + user);
        };
    }

    Step.OfConfig shell(Instruction.Shell instruction) {
        return before -> before.configured(
                config -> config.shell(instruction.shell()), "SHELL " + GoText.plain(instruction.shell()));
    }

    Step.OfConfig cmd(Instruction.Cmd instruction) {
        return before -> {
            List<String> command =
                    commandLine(instruction.command(), before.image().container());
            return before.configured(config -> config.cmd(command).argsEscaped(true), "CMD " + GoText.quoted(command))
                    .withCommandSet();
        };
    }

    Step.OfConfig entrypoint(Instruction.Entrypoint instruction) {
        return before -> {
            List<String> command =
                    commandLine(instruction.command(), before.image().container());
            // an inherited CMD was meant for the inherited ENTRYPOINT
            return before.configured(
                    config -> before.commandSet()
                            ? config.entrypoint(command)
                            : config.entrypoint(command).cmd(null),
                    "ENTRYPOINT " + GoText.quoted(command));
        };
    }

    Step.OfConfig expose(Instruction.Expose instruction) {
        return before -> {
            List<String> words = new ArrayList<>();
            for (String port : instruction.ports()) {
                words.addAll(lexer.expandToWords(port, before.variables()));
            }
            SortedSet<String> ports = Ports.of(words);
            SortedSet<String> all = union(before.image().container().exposedPorts(), ports);
            return before.configured(config -> config.exposedPorts(all), "EXPOSE " + GoText.plain(List.copyOf(ports)));
        };
    }

    Step.OfConfig volume(Instruction.Volume instruction) {
        return before -> {
            List<String> paths = instruction.paths().stream()
                    .map(path -> lexer.expand(path, before.variables()))
                    .toList();
            if (paths.contains("")) {
                throw new DockerfileInvalid(
                        FailureCode.INSTRUCTION_INVALID,
                        "VOLUME has an empty path.",
                        "Write the path, or set the variable that it comes from.");
            }
            SortedSet<String> all = union(before.image().container().volumes(), paths);
            return before.configured(config -> config.volumes(all), "VOLUME " + GoText.plain(paths));
        };
    }

    Step.OfConfig stopSignal(Instruction.StopSignal instruction) {
        return before -> {
            String signal = StopSignals.checked(lexer.expand(instruction.signal(), before.variables()));
            return before.configured(config -> config.stopSignal(signal), "STOPSIGNAL " + signal);
        };
    }

    Step.OfConfig healthcheck(Instruction.Healthcheck instruction) {
        Healthcheck healthcheck = new Healthcheck(
                instruction.test(),
                instruction.interval(),
                instruction.timeout(),
                instruction.startPeriod(),
                instruction.startInterval(),
                instruction.retries());
        String note = "HEALTHCHECK {Test:" + GoText.plain(healthcheck.test())
                + " Interval:" + GoText.duration(healthcheck.interval())
                + " Timeout:" + GoText.duration(healthcheck.timeout())
                + " StartPeriod:" + GoText.duration(healthcheck.startPeriod())
                + " StartInterval:" + GoText.duration(healthcheck.startInterval())
                + " Retries:" + healthcheck.retries() + "}";
        return before -> before.configured(config -> config.healthcheck(healthcheck), note);
    }

    /** The trigger is kept as text; BuildKit writes no line of history for it. */
    Step.OfConfig onBuild(Instruction.OnBuild instruction) {
        return before -> {
            List<String> triggers = new ArrayList<>(before.image().container().onBuild());
            triggers.add(instruction.trigger());
            return before.withImage(before.image()
                    .withContainer(
                            before.image().container().with().onBuild(triggers).build()));
        };
    }

    /** A command as the words that are executed: shell form goes through the image's shell. */
    static List<String> commandLine(Instruction.Command command, ContainerConfig config) {
        if (command instanceof Instruction.Command.Exec exec) {
            return exec.arguments();
        }
        List<String> words = new ArrayList<>(shell(config));
        words.add(((Instruction.Command.Shell) command).line());
        return words;
    }

    /** The words before a command in shell form. */
    static List<String> shell(ContainerConfig config) {
        List<String> shell = config.shell();
        return shell == null || shell.isEmpty() ? DEFAULT_SHELL : shell;
    }

    private List<Assignment> expanded(List<Assignment> assignments, StageState before) {
        return assignments.stream()
                .map(assignment -> new Assignment(
                        lexer.expand(assignment.name(), before.variables()),
                        lexer.expand(assignment.value(), before.variables())))
                .toList();
    }

    private static String note(List<Assignment> assignments) {
        return assignments.stream()
                .map(assignment -> assignment.name() + "=" + assignment.value())
                .collect(Collectors.joining(" "));
    }

    private static SortedSet<String> union(Collection<String> some, Collection<String> others) {
        SortedSet<String> all = new TreeSet<>(some);
        all.addAll(others);
        return all;
    }
}
