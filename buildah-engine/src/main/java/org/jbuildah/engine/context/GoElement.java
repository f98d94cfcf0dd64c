package org.jbuildah.engine.context;

import java.util.function.IntPredicate;

/** One piece of a regular expression. */
sealed interface GoElement {
    /**
     * From the places of a text that the pieces before reach, to those that this one reaches from there.
     *
     * @param reached changed in place
     * @return false if it is none
     */
    boolean advance(boolean[] reached, int[] text);

    /** Exactly one character. */
    record One(IntPredicate accepts) implements GoElement {
        @Override
        public boolean advance(boolean[] reached, int[] text) {
            boolean any = false;
            for (int place = text.length; place > 0; place--) {
                reached[place] = reached[place - 1] && accepts.test(text[place - 1]);
                any |= reached[place];
            }
            reached[0] = false;
            return any;
        }
    }

    /** Any number of characters. */
    record Many(IntPredicate accepts) implements GoElement {
        @Override
        public boolean advance(boolean[] reached, int[] text) {
            for (int place = 1; place <= text.length; place++) {
                reached[place] |= reached[place - 1] && accepts.test(text[place - 1]);
            }
            return true;
        }
    }

    /** Nothing, or characters up to a slash; no line feed among them. */
    record Directories() implements GoElement {
        @Override
        public boolean advance(boolean[] reached, int[] text) {
            boolean open = false;
            for (int place = 0; place < text.length; place++) {
                open = (open || reached[place]) && text[place] != '\n';
                if (open && text[place] == '/') {
                    reached[place + 1] = true;
                }
            }
            return true;
        }
    }

    /** No character, but a place. */
    enum Edge implements GoElement {
        BEGIN,
        END,
        OF_WORD,
        NOT_OF_WORD;

        @Override
        public boolean advance(boolean[] reached, int[] text) {
            boolean any = false;
            for (int place = 0; place <= text.length; place++) {
                reached[place] &= isAt(place, text);
                any |= reached[place];
            }
            return any;
        }

        private boolean isAt(int place, int[] text) {
            boolean ofWord = isWord(place - 1, text) != isWord(place, text);
            return switch (this) {
                case BEGIN -> place == 0;
                case END -> place == text.length;
                case OF_WORD -> ofWord;
                case NOT_OF_WORD -> !ofWord;
            };
        }

        private static boolean isWord(int place, int[] text) {
            return place >= 0
                    && place < text.length
                    && text[place] < 128
                    && (Character.isLetterOrDigit(text[place]) || text[place] == '_');
        }
    }
}
