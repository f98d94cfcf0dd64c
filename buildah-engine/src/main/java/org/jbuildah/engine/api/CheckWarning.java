package org.jbuildah.engine.api;

/**
 * What a build check has found.
 *
 * @param rule the check's name, as {@code # check=skip=NAME} takes it
 * @param description what the check is about, one sentence for all that it finds
 * @param detail what was found here: one or more sentences
 * @param place the instruction
 */
public record CheckWarning(String rule, String description, String detail, SourceSpan place) {
    /** The manual's page on build checks; each rule has an anchor of its name there. */
    public static final String MANUAL = "https://jbuildah.org/checks.html";

    /** The rule's place in the manual. */
    public String url() {
        return MANUAL + "#" + rule;
    }

    /** One line: the place in the form that terminals and IDEs open, what was found, and the rule. */
    public String line() {
        return place.place() + ": " + detail + " [" + rule + "]";
    }

    /** The line, the quoted instruction and the place in the manual: several lines, without a trailing line end. */
    public String letter() {
        return line() + "\n" + place.excerpt() + "  " + url();
    }
}
