package org.jbuildah.engine.dockerfile;

/**
 * A flag of an instruction as written, variables not yet expanded.
 *
 * @param name without the dashes
 * @param value what follows the equals sign; empty, and {@code hasValue} false, where there is none
 */
public record Flag(String name, String value, boolean hasValue) {
    /** For flags such as {@code --link}: on, unless it says {@code =false}. */
    public boolean on() {
        return !hasValue || value.equals("true");
    }
}
