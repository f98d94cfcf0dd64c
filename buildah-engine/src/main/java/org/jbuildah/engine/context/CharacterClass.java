package org.jbuildah.engine.context;

import java.util.BitSet;
import java.util.function.IntPredicate;
import java.util.regex.Pattern;

/** The characters that an expression for one character matches. */
final class CharacterClass implements IntPredicate {
    private static final int ASCII = 128;

    private final Pattern pattern;
    private final BitSet ascii = new BitSet(ASCII);

    CharacterClass(Pattern pattern) {
        this.pattern = pattern;
        for (int character = 0; character < ASCII; character++) {
            ascii.set(character, matches(character));
        }
    }

    @Override
    public boolean test(int character) {
        return character < ASCII ? ascii.get(character) : matches(character);
    }

    private boolean matches(int character) {
        return pattern.matcher(Character.toString(character)).matches();
    }
}
