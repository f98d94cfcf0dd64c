package org.jbuildah.engine.dockerfile;

/** A quote that begins in a word and does not end in it. */
final class UnclosedQuote extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final char quote;
    private final char escape;

    UnclosedQuote(String source, char quote, char escape) {
        super("In " + source + " the closing " + quote + " is missing.");
        this.quote = quote;
        this.escape = escape;
    }

    String remedy() {
        return "Close the quote with another " + quote + ", or write " + escape + quote
                + " if the character itself is meant.";
    }
}
