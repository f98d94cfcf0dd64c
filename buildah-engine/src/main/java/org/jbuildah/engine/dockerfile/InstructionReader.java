package org.jbuildah.engine.dockerfile;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jbuildah.engine.api.DockerfileInvalid;
import org.jbuildah.engine.api.FailureCode;
import org.jbuildah.engine.api.NearMiss;
import org.jbuildah.engine.api.SourceSpan;
import org.jbuildah.engine.dockerfile.Instruction.Assignment;
import org.jbuildah.engine.dockerfile.Instruction.Command;
import org.jspecify.annotations.Nullable;

/** Gives a node its meaning, or says why it has none. */
final class InstructionReader {
    private static final Pattern STAGE_NAME = Pattern.compile("[a-z][a-z0-9-_.]*");
    private static final Duration SHORTEST_INTERVAL = Duration.ofMillis(1);

    private final Node node;
    private final Keyword keyword;
    private final SourceSpan source;
    private final char escape;
    private final List<Flag> flags;

    private InstructionReader(Node node, Keyword keyword, SourceSpan source, char escape) {
        this.node = node;
        this.keyword = keyword;
        this.source = source;
        this.escape = escape;
        this.flags = FlagRule.check(keyword, node.flags());
    }

    /** @throws DockerfileInvalid with the place */
    static Instruction read(Node node, SourceSpan source, char escape) {
        try {
            Keyword keyword = Keyword.of(node.keyword()).orElseThrow(() -> unknown(node.keyword()));
            return new InstructionReader(node, keyword, source, escape).instruction();
        } catch (DockerfileInvalid e) {
            throw e.at(source);
        }
    }

    private static DockerfileInvalid unknown(String keyword) {
        List<String> known = Arrays.stream(Keyword.values()).map(Keyword::name).toList();
        String guess = NearMiss.of(keyword, known)
                .map(near -> "; did you mean " + near + "?")
                .orElse(".");
        return new DockerfileInvalid(
                FailureCode.INSTRUCTION_UNKNOWN,
                "\"" + keyword + "\" is not an instruction" + guess,
                "The instructions are " + String.join(", ", known) + ".");
    }

    private Instruction instruction() {
        String text = node.text();
        return switch (keyword) {
            case ADD, COPY -> transfer();
            case ARG -> new Instruction.Arg(source, text, declarations());
            case CMD -> new Instruction.Cmd(source, text, command());
            case ENTRYPOINT -> new Instruction.Entrypoint(source, text, command());
            case ENV -> new Instruction.Env(source, text, assignments());
            case EXPOSE -> new Instruction.Expose(source, text, someArguments("a port"));
            case FROM -> from();
            case HEALTHCHECK -> healthcheck();
            case LABEL -> new Instruction.Label(source, text, assignments());
            case MAINTAINER -> new Instruction.Maintainer(source, text, onlyArgument("a name"));
            case ONBUILD -> onBuild();
            case RUN -> run();
            case SHELL -> new Instruction.Shell(source, text, shell());
            case STOPSIGNAL -> new Instruction.StopSignal(source, text, onlyArgument("a signal"));
            case USER -> new Instruction.User(source, text, onlyArgument("a user"));
            case VOLUME -> new Instruction.Volume(source, text, volumes());
            case WORKDIR -> new Instruction.Workdir(source, text, onlyArgument("a directory"));
        };
    }

    private DockerfileInvalid invalid(String what, String remedy) {
        return new DockerfileInvalid(FailureCode.INSTRUCTION_INVALID, what, remedy);
    }

    private @Nullable String flag(String name) {
        return flags.stream()
                .filter(flag -> flag.name().equals(name))
                .map(Flag::value)
                .findFirst()
                .orElse(null);
    }

    private List<String> someArguments(String wanted) {
        if (node.arguments().isEmpty()) {
            throw invalid(
                    keyword + " requires at least one argument.",
                    "Write " + wanted + " after " + keyword + ", or remove the line.");
        }
        return node.arguments();
    }

    private String onlyArgument(String wanted) {
        if (node.arguments().size() != 1) {
            throw invalid(
                    keyword + " requires exactly one argument.",
                    "Write " + wanted + " after " + keyword + ", or remove the line.");
        }
        return node.arguments().get(0);
    }

    private Command command() {
        return node.json() ? new Command.Exec(node.arguments()) : new Command.Shell(shellLine(node.arguments()));
    }

    private static String shellLine(List<String> arguments) {
        return String.join(" ", arguments);
    }

    private List<Heredoc> heredocs() {
        return node.heredocs().stream().map(Heredoc::chomped).toList();
    }

    private Instruction.From from() {
        List<String> words = node.arguments();
        boolean named = words.size() == 3 && words.get(1).equalsIgnoreCase("as");
        if (words.size() != 1 && !named) {
            throw invalid(
                    words.isEmpty()
                            ? "FROM names no image."
                            : "FROM has \"" + node.rest() + "\", which is not IMAGE or IMAGE AS NAME.",
                    "Write FROM IMAGE or FROM IMAGE AS NAME.");
        }
        String stage = named ? words.get(2).toLowerCase(Locale.ROOT) : null;
        if (stage != null && !STAGE_NAME.matcher(stage).matches()) {
            throw invalid(
                    "\"" + words.get(2) + "\" cannot be the name of a stage.",
                    "A name begins with a letter and goes on with letters, digits, \"-\", \"_\" and \".\"; it cannot hold variables.");
        }
        return new Instruction.From(source, node.text(), words.get(0), stage, flag("platform"));
    }

    private List<Instruction.Arg.Declaration> declarations() {
        List<Instruction.Arg.Declaration> declarations = new ArrayList<>();
        for (String word : someArguments("a name")) {
            int equals = word.indexOf('=');
            if (equals == 0) {
                throw blankName(word);
            }
            declarations.add(
                    equals < 0
                            ? new Instruction.Arg.Declaration(word, null)
                            : new Instruction.Arg.Declaration(word.substring(0, equals), word.substring(equals + 1)));
        }
        return declarations;
    }

    private List<Assignment> assignments() {
        List<String> triples = someArguments("NAME=VALUE");
        List<Assignment> assignments = new ArrayList<>();
        for (int i = 0; i < triples.size(); i += 3) {
            String name = triples.get(i);
            if (name.isEmpty()) {
                throw blankName(name + "=" + triples.get(i + 1));
            }
            assignments.add(new Assignment(name, triples.get(i + 1)));
        }
        return assignments;
    }

    private DockerfileInvalid blankName(String word) {
        return invalid(
                keyword + " has \"" + word + "\", which has no name before the equals sign.", "Write NAME=VALUE.");
    }

    private Instruction.Run run() {
        flags.stream().filter(flag -> flag.name().equals("mount")).forEach(flag -> MountOptions.parse(flag.value()));
        return new Instruction.Run(source, node.text(), command(), flags, node.heredocs());
    }

    private Instruction.Transfer transfer() {
        List<String> words = node.arguments();
        if (words.size() < 2) {
            throw invalid(
                    words.isEmpty()
                            ? keyword + " names neither source nor destination."
                            : keyword + " names one path, \"" + words.get(0) + "\", and needs two.",
                    "Write " + keyword + " SOURCE DESTINATION.");
        }
        String destination = words.get(words.size() - 1);
        if (!node.json() && HeredocMark.of(destination).isPresent()) {
            throw invalid(
                    keyword + " has the here-document " + destination + " as its destination.",
                    "A here-document is a source; write the destination behind it.");
        }
        return new Instruction.Transfer(
                source,
                node.text(),
                Instruction.Transfer.Kind.valueOf(keyword.name()),
                words.subList(0, words.size() - 1),
                destination,
                flags,
                heredocs());
    }

    private List<String> shell() {
        List<String> words = someArguments("a JSON array");
        if (!node.json()) {
            throw invalid(
                    "SHELL has \"" + node.rest() + "\", which is not a JSON array of strings.",
                    "Write SHELL [\"/bin/sh\", \"-c\"].");
        }
        return words;
    }

    private List<String> volumes() {
        List<String> volumes =
                someArguments("a directory").stream().map(Blank::trim).toList();
        if (volumes.contains("")) {
            throw invalid("VOLUME names an empty path.", "Remove it, or name a directory.");
        }
        return volumes;
    }

    private Instruction.OnBuild onBuild() {
        Node trigger = node.trigger();
        if (trigger == null) {
            throw invalid(
                    "ONBUILD requires an instruction.", "Write an instruction after ONBUILD, or remove the line.");
        }
        StringBuilder text = new StringBuilder(node.rest());
        node.heredocs()
                .forEach(heredoc -> text.append('\n').append(heredoc.content()).append(heredoc.name()));
        readTrigger(trigger.withHeredocs(node.heredocs(), node.lastLine()), source, escape);
        return new Instruction.OnBuild(source, node.text(), text.toString());
    }

    /** An instruction that an ONBUILD may hold. */
    static Instruction readTrigger(Node trigger, SourceSpan source, char escape) {
        Keyword.of(trigger.keyword()).ifPresent(keyword -> {
            if (keyword == Keyword.ONBUILD || keyword == Keyword.FROM || keyword == Keyword.MAINTAINER) {
                throw new DockerfileInvalid(
                                FailureCode.INSTRUCTION_INVALID,
                                keyword + " cannot be the trigger of an ONBUILD.",
                                "Every instruction but FROM, MAINTAINER and ONBUILD can.")
                        .at(source);
            }
        });
        return read(trigger, source, escape);
    }

    private Instruction.Healthcheck healthcheck() {
        String type = someArguments("CMD or NONE").get(0).toUpperCase(Locale.ROOT);
        List<String> rest = node.arguments().subList(1, node.arguments().size());
        if (type.equals("NONE")) {
            if (!rest.isEmpty()) {
                throw invalid("HEALTHCHECK NONE takes no arguments.", "Remove \"" + shellLine(rest) + "\".");
            }
            return new Instruction.Healthcheck(
                    source,
                    node.text(),
                    List.of("NONE"),
                    Duration.ZERO,
                    Duration.ZERO,
                    Duration.ZERO,
                    Duration.ZERO,
                    0);
        }
        if (!type.equals("CMD")) {
            throw invalid(
                    "HEALTHCHECK has \"" + node.arguments().get(0) + "\" where CMD or NONE must stand.",
                    "Write HEALTHCHECK CMD COMMAND or HEALTHCHECK NONE.");
        }
        if (rest.isEmpty()) {
            throw invalid("HEALTHCHECK CMD names no command.", "Write the command behind CMD.");
        }
        List<String> test = new ArrayList<>(List.of(node.json() ? "CMD" : "CMD-SHELL"));
        test.addAll(rest);
        return new Instruction.Healthcheck(
                source,
                node.text(),
                test,
                interval("interval"),
                interval("timeout"),
                interval("start-period"),
                interval("start-interval"),
                retries());
    }

    private Duration interval(String name) {
        String value = flag(name);
        if (value == null || value.isEmpty()) {
            return Duration.ZERO;
        }
        Duration interval;
        try {
            interval = GoDuration.parse(value);
        } catch (IllegalArgumentException e) {
            throw new DockerfileInvalid(
                    FailureCode.INSTRUCTION_INVALID,
                    "HEALTHCHECK has --" + name + "=" + value + ": " + e.getMessage() + ".",
                    "Write a number and a unit (ms, s, m, h), such as 30s or 1m30s.",
                    e);
        }
        if (!interval.isZero() && interval.compareTo(SHORTEST_INTERVAL) < 0) {
            throw invalid("HEALTHCHECK has --" + name + "=" + value + ".", "It cannot be less than 1ms.");
        }
        return interval;
    }

    private int retries() {
        String value = flag("retries");
        if (value == null || value.isEmpty()) {
            return 0;
        }
        try {
            int retries = Integer.parseInt(value);
            if (retries >= 0) {
                return retries;
            }
        } catch (NumberFormatException e) {
            // told below
        }
        throw invalid("HEALTHCHECK has --retries=" + value + ".", "It must be a number from 0 to 2147483647.");
    }
}
