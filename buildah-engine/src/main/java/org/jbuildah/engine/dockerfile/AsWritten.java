package org.jbuildah.engine.dockerfile;

import java.util.List;
import java.util.Optional;

/**
 * How an instruction is written, where its meaning no longer tells: capitals, and the old form of ENV and LABEL.
 *
 * @param keyword in its own capitals
 */
public record AsWritten(String keyword, Optional<StageWords> stage) {
    /** @param as the word between image and name; {@code name} the stage's, in its own capitals */
    public record StageWords(String as, String name) {}

    public static AsWritten of(Instruction instruction) {
        List<String> words = List.of(Blank.RUN.split(instruction.text(), -1));
        return new AsWritten(words.get(0), stageWords(instruction, words));
    }

    private static Optional<StageWords> stageWords(Instruction instruction, List<String> words) {
        if (!(instruction instanceof Instruction.From from) || from.stage() == null) {
            return Optional.empty();
        }
        // the grammar lets nothing stand behind AS NAME
        return Optional.of(new StageWords(words.get(words.size() - 2), words.get(words.size() - 1)));
    }

    /** True for {@code ENV NAME VALUE} and {@code LABEL NAME VALUE}, without an equals sign. */
    public static boolean inOldForm(Instruction instruction, char escape) {
        if (!(instruction instanceof Instruction.Env) && !(instruction instanceof Instruction.Label)) {
            return false;
        }
        List<String> words = Arguments.shellWords(instruction.text(), escape);
        return words.size() > 1 && !words.get(1).contains("=");
    }
}
