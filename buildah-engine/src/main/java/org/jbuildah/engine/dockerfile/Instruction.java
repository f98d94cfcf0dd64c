package org.jbuildah.engine.dockerfile;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jbuildah.engine.api.SourceSpan;
import org.jspecify.annotations.Nullable;

/**
 * One instruction of a Dockerfile: the grammar's alternatives, variables not yet expanded.
 *
 * @see <a href="https://docs.docker.com/reference/dockerfile/">Dockerfile reference</a>
 */
public sealed interface Instruction {
    /** The lines it stands on. */
    SourceSpan source();

    /** The instruction as the user wrote it, continuations joined, without here-documents. */
    String text();

    <R> R accept(Visitor<R> visitor);

    /** A command in exec form (a JSON array) or shell form (one string for the shell). */
    sealed interface Command {
        record Exec(List<String> arguments) implements Command {
            public Exec {
                arguments = List.copyOf(arguments);
            }
        }

        record Shell(String line) implements Command {}
    }

    /** A name and a value that are set together. */
    record Assignment(String name, String value) {}

    /** @param platform null where no flag is written; {@code stage} is null for an unnamed one, else in lower case */
    record From(SourceSpan source, String text, String image, @Nullable String stage, @Nullable String platform)
            implements Instruction {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.from(this);
        }
    }

    /** Names and defaults; a null default is none. */
    record Arg(SourceSpan source, String text, List<Declaration> declarations) implements Instruction {
        public Arg {
            declarations = List.copyOf(declarations);
        }

        public record Declaration(String name, @Nullable String defaultValue) {}

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.arg(this);
        }
    }

    record Env(SourceSpan source, String text, List<Assignment> assignments) implements Instruction {
        public Env {
            assignments = List.copyOf(assignments);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.env(this);
        }
    }

    record Label(SourceSpan source, String text, List<Assignment> assignments) implements Instruction {
        public Label {
            assignments = List.copyOf(assignments);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.label(this);
        }
    }

    record Maintainer(SourceSpan source, String text, String author) implements Instruction {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.maintainer(this);
        }
    }

    /** @param flags mount, network, security and device as written, in order */
    record Run(SourceSpan source, String text, Command command, List<Flag> flags, List<Heredoc> heredocs)
            implements Instruction {
        public Run {
            flags = List.copyOf(flags);
            heredocs = List.copyOf(heredocs);
        }

        /** The options of each {@code --mount}, in order. */
        public List<MountOptions> mounts() {
            return flags.stream()
                    .filter(flag -> flag.name().equals("mount"))
                    .map(flag -> MountOptions.parse(flag.value()))
                    .toList();
        }

        /** The here-document that stands where a command would, alone on the line, if that is so: a script. */
        public Optional<Heredoc> script() {
            return !heredocs.isEmpty()
                            && command instanceof Command.Shell shell
                            && HeredocMark.of(shell.line()).isPresent()
                    ? Optional.of(heredocs.get(0).chomped())
                    : Optional.empty();
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.run(this);
        }
    }

    /**
     * COPY or ADD.
     *
     * @param sources as written, the marks of here-documents ({@code <<EOF}) among them; see {@link #paths()}
     * @param heredocs in the order of their marks
     */
    record Transfer(
            SourceSpan source,
            String text,
            Kind kind,
            List<String> sources,
            String destination,
            List<Flag> flags,
            List<Heredoc> heredocs)
            implements Instruction {
        public enum Kind {
            COPY,
            ADD
        }

        public Transfer {
            sources = List.copyOf(sources);
            flags = List.copyOf(flags);
            heredocs = List.copyOf(heredocs);
        }

        /** The sources that are paths or URLs, without the marks of here-documents. */
        public List<String> paths() {
            return heredocs.isEmpty()
                    ? sources
                    : sources.stream()
                            .filter(source -> HeredocMark.of(source).isEmpty())
                            .toList();
        }

        /** The value of {@code --from}; empty for the build context. */
        public Optional<String> from() {
            return flags.stream()
                    .filter(flag -> flag.name().equals("from"))
                    .map(Flag::value)
                    .filter(value -> !value.isEmpty())
                    .findFirst();
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.transfer(this);
        }
    }

    record Workdir(SourceSpan source, String text, String path) implements Instruction {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.workdir(this);
        }
    }

    record User(SourceSpan source, String text, String user) implements Instruction {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.user(this);
        }
    }

    record Shell(SourceSpan source, String text, List<String> shell) implements Instruction {
        public Shell {
            shell = List.copyOf(shell);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.shell(this);
        }
    }

    record Cmd(SourceSpan source, String text, Command command) implements Instruction {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.cmd(this);
        }
    }

    record Entrypoint(SourceSpan source, String text, Command command) implements Instruction {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.entrypoint(this);
        }
    }

    record Expose(SourceSpan source, String text, List<String> ports) implements Instruction {
        public Expose {
            ports = List.copyOf(ports);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.expose(this);
        }
    }

    record Volume(SourceSpan source, String text, List<String> paths) implements Instruction {
        public Volume {
            paths = List.copyOf(paths);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.volume(this);
        }
    }

    record StopSignal(SourceSpan source, String text, String signal) implements Instruction {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.stopSignal(this);
        }
    }

    /** @param test as in {@link org.jbuildah.engine.oci.Healthcheck#test()}; durations and retries are zero when not given */
    record Healthcheck(
            SourceSpan source,
            String text,
            List<String> test,
            Duration interval,
            Duration timeout,
            Duration startPeriod,
            Duration startInterval,
            int retries)
            implements Instruction {
        public Healthcheck {
            test = List.copyOf(test);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.healthcheck(this);
        }
    }

    /** @param trigger the instruction that a build on this image begins with, as text */
    record OnBuild(SourceSpan source, String text, String trigger) implements Instruction {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.onBuild(this);
        }
    }

    /** One method for each alternative, so that the compiler proves that none is forgotten. */
    interface Visitor<R> {
        R from(From instruction);

        R arg(Arg instruction);

        R env(Env instruction);

        R label(Label instruction);

        R maintainer(Maintainer instruction);

        R run(Run instruction);

        R transfer(Transfer instruction);

        R workdir(Workdir instruction);

        R user(User instruction);

        R shell(Shell instruction);

        R cmd(Cmd instruction);

        R entrypoint(Entrypoint instruction);

        R expose(Expose instruction);

        R volume(Volume instruction);

        R stopSignal(StopSignal instruction);

        R healthcheck(Healthcheck instruction);

        R onBuild(OnBuild instruction);
    }
}
