package org.jbuildah.engine.api;

/**
 * What becomes of the root file system of a {@code RUN} that failed, which is thrown away otherwise.
 *
 * @param keep it stays in the store, to be entered later, until that is pruned
 */
public record OnFailure(boolean keep) {
    public static final OnFailure NOTHING = new OnFailure(false);

    public OnFailure withKeep(boolean value) {
        return new OnFailure(value);
    }
}
