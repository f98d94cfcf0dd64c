package org.jbuildah.engine.dockerfile;

import java.util.ArrayList;
import java.util.List;

/** Collects characters into words: blanks part them, unless they come from quotes or behind an escape. */
final class Words {
    private final List<String> words = new ArrayList<>();
    private final StringBuilder word = new StringBuilder();

    void add(int character) {
        if (!Blank.is(character)) {
            word.appendCodePoint(character);
        } else {
            end();
        }
    }

    void addEach(String text) {
        text.codePoints().forEach(this::add);
    }

    void addWhole(int character) {
        word.appendCodePoint(character);
    }

    void addWhole(String text) {
        word.append(text);
    }

    List<String> finish() {
        end();
        return List.copyOf(words);
    }

    private void end() {
        if (!word.isEmpty()) {
            words.add(word.toString());
            word.setLength(0);
        }
    }
}
