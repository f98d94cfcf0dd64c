package org.jbuildah.engine.dockerfile;

import org.jbuildah.engine.api.DockerfileInvalid;
import org.jbuildah.engine.api.FailureCode;

/** What is told of a word that cannot be expanded. */
public final class WordLetter {
    private WordLetter() {}

    /**
     * To be told where the word stands.
     *
     * @param badWord what {@link WordLexer} threw
     * @param ofVariables the remedy where a variable is the trouble: what can be seen at that place
     */
    public static DockerfileInvalid of(IllegalArgumentException badWord, String ofVariables) {
        String what = String.valueOf(badWord.getMessage());
        return badWord instanceof UnclosedQuote quote
                ? new DockerfileInvalid(FailureCode.INSTRUCTION_INVALID, what, quote.remedy(), quote)
                : new DockerfileInvalid(FailureCode.VARIABLE_INVALID, what, ofVariables, badWord);
    }
}
