package org.jbuildah.engine.lint;

import java.util.ArrayList;
import java.util.List;
import org.jbuildah.engine.dockerfile.Flag;
import org.jbuildah.engine.dockerfile.Heredoc;
import org.jbuildah.engine.dockerfile.Instruction;

/**
 * The words of an instruction in which variables are replaced, and that {@link UndefinedVar} judges: BuildKit passes over EXPOSE, and
 * looks at ARG apart.
 *
 * @see <a href="https://docs.docker.com/reference/dockerfile/#environment-replacement">Dockerfile reference: environment replacement</a>
 */
final class ExpandedWords {
    private final Scope scope;
    private final List<Expansion> words = new ArrayList<>();

    private ExpandedWords(Scope scope) {
        this.scope = scope;
    }

    static List<Expansion> of(Instruction instruction, Scope scope) {
        ExpandedWords all = new ExpandedWords(scope);
        if (instruction instanceof Instruction.Env env) {
            all.assignments(env.assignments());
        } else if (instruction instanceof Instruction.Label label) {
            all.assignments(label.assignments());
        } else if (instruction instanceof Instruction.Transfer transfer) {
            all.transfer(transfer);
        } else if (instruction instanceof Instruction.Run run) {
            all.mounts(run);
        } else if (instruction instanceof Instruction.Workdir workdir) {
            all.word(workdir.path());
        } else if (instruction instanceof Instruction.User user) {
            all.word(user.user());
        } else if (instruction instanceof Instruction.Volume volume) {
            volume.paths().forEach(all::word);
        } else if (instruction instanceof Instruction.StopSignal stopSignal) {
            all.word(stopSignal.signal());
        }
        return List.copyOf(all.words);
    }

    private void word(String word) {
        words.add(scope.expand(word));
    }

    private void assignments(List<Instruction.Assignment> assignments) {
        assignments.forEach(assignment -> {
            word(assignment.name());
            word(assignment.value());
        });
    }

    private void transfer(Instruction.Transfer transfer) {
        transfer.flags().stream()
                .filter(flag -> flag.hasValue() && !flag.name().equals("from"))
                .map(Flag::value)
                .forEach(this::word);
        transfer.paths().forEach(this::word);
        word(transfer.destination());
        transfer.heredocs().stream()
                .filter(Heredoc::expand)
                .forEach(heredoc -> words.add(Expansion.ofText(heredoc.content(), scope.lexer(), scope)));
    }

    private void mounts(Instruction.Run run) {
        run.mounts().forEach(mount -> mount.options().stream()
                .filter(option -> !option.key().equals("from"))
                .forEach(option -> option.value().ifPresent(this::word)));
    }
}
