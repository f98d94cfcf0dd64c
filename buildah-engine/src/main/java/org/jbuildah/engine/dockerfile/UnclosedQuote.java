package org.jbuildah.engine.dockerfile;

import org.jbuildah.engine.api.DockerfileInvalid;
import org.jbuildah.engine.api.FailureCode;

/** A quote that begins in a word and does not end in it. */
public final class UnclosedQuote extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final char quote;
    private final char escape;

    UnclosedQuote(String source, char quote, char escape) {
        super("In " + source + " the closing " + quote + " is missing.");
        this.quote = quote;
        this.escape = escape;
    }

    /** To be told where the word stands. */
    public DockerfileInvalid letter() {
        return new DockerfileInvalid(
                FailureCode.INSTRUCTION_INVALID,
                String.valueOf(getMessage()),
                "Close the quote with another " + quote + ", or write " + escape + quote
                        + " if the character itself is meant.",
                this);
    }
}
