package org.jbuildah.engine.build;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jbuildah.engine.api.DockerfileInvalid;
import org.jbuildah.engine.api.FailureCode;
import org.jbuildah.engine.dockerfile.Flag;
import org.jbuildah.engine.dockerfile.Heredoc;
import org.jbuildah.engine.dockerfile.Instruction;
import org.jbuildah.engine.dockerfile.Variables;
import org.jbuildah.engine.dockerfile.WordLexer;

/**
 * The words of a COPY or ADD, variables expanded.
 *
 * @param paths the sources but for here-documents
 * @param heredocs with what they hold expanded, where their delimiter was not quoted
 * @param destination as written; may be relative
 * @param flags with their values expanded
 */
record TransferWords(
        Instruction.Transfer.Kind kind,
        List<String> paths,
        List<Heredoc> heredocs,
        String destination,
        List<Flag> flags) {
    TransferWords {
        paths = List.copyOf(paths);
        heredocs = List.copyOf(heredocs);
        flags = List.copyOf(flags);
    }

    static TransferWords of(Instruction.Transfer instruction, Variables variables, WordLexer lexer) {
        List<String> paths = instruction.paths().stream()
                .map(path -> lexer.expand(path, variables))
                .toList();
        List<Heredoc> heredocs = new ArrayList<>();
        for (Heredoc heredoc : instruction.heredocs()) {
            heredocs.add(
                    heredoc.expand()
                            ? heredoc.withContent(lexer.expandKeepingQuotes(heredoc.content(), variables))
                            : heredoc);
        }
        List<Flag> flags = instruction.flags().stream()
                .map(flag -> new Flag(flag.name(), lexer.expand(flag.value(), variables), flag.hasValue()))
                .toList();
        return new TransferWords(
                instruction.kind(), paths, heredocs, lexer.expand(instruction.destination(), variables), flags);
    }

    boolean isAdd() {
        return kind == Instruction.Transfer.Kind.ADD;
    }

    /** The value of a flag; empty where it is not written or has an empty value, which BuildKit takes for the same. */
    Optional<String> value(String flag) {
        return flags.stream()
                .filter(written -> written.name().equals(flag))
                .map(Flag::value)
                .filter(value -> !value.isEmpty())
                .findFirst();
    }

    /** Whether a flag that is on or off was written, and how. */
    Optional<Boolean> toggle(String flag) {
        return flags.stream()
                .filter(written -> written.name().equals(flag))
                .map(written -> !written.hasValue() || written.value().equals("true"))
                .findFirst();
    }

    boolean isOn(String flag) {
        return toggle(flag).orElse(false);
    }

    List<String> excludes() {
        return flags.stream()
                .filter(flag -> flag.name().equals("exclude"))
                .map(Flag::value)
                .toList();
    }

    /** Whether the layer is to know nothing of those below. A changed mode takes that back, as in BuildKit. */
    boolean linked() {
        return isOn("link") && value("chmod").isEmpty();
    }

    FileMode mode() {
        Optional<String> chmod = value("chmod");
        if (chmod.isEmpty()) {
            return (mode, directory) -> mode;
        }
        return FileMode.parse(chmod.get())
                .orElseThrow(() -> new DockerfileInvalid(
                        FailureCode.INSTRUCTION_INVALID,
                        "--chmod=" + chmod.get() + " is not a mode.",
                        "Write an octal mode up to 07777 such as 0644, or symbolic changes such as u=rwX,go=rX."));
    }

    /** The line of history, with the flags that BuildKit tells there. */
    String note() {
        StringBuilder note = new StringBuilder(kind.name());
        if (isOn("parents")) {
            note.append(" --parents");
        }
        value("chown").ifPresent(owner -> note.append(" --chown=").append(owner));
        value("chmod").ifPresent(mode -> note.append(" --chmod=").append(mode));
        paths.forEach(path -> note.append(' ').append(path));
        heredocs.forEach(heredoc -> note.append(" <<").append(heredoc.name()));
        return note.append(' ').append(destination).append(" # buildkit").toString();
    }
}
