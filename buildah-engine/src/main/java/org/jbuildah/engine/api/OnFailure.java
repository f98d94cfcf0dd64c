package org.jbuildah.engine.api;

import org.jspecify.annotations.Nullable;

/**
 * What becomes of the root file system of a {@code RUN} that failed, which is thrown away otherwise.
 *
 * @param keep it stays in the store, to be entered later, until that is pruned
 * @param shell where a person gets a shell in it, before the build ends; null for none
 */
public record OnFailure(boolean keep, @Nullable Terminal shell) {
    public static final OnFailure NOTHING = new OnFailure(false, null);

    public OnFailure withKeep(boolean value) {
        return new OnFailure(value, shell);
    }

    public OnFailure withShell(@Nullable Terminal value) {
        return new OnFailure(keep, value);
    }
}
