package org.jbuildah.engine.api;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The local store cannot be read or written. */
public final class StoreBroken extends BuildException {
    /** How another store is chosen, for remedies: the engine does not know who asks. */
    public static final String ROOT = "--root (in Maven: <root>, or -Dbuildah.root)";

    private static final long serialVersionUID = 1L;

    private StoreBroken(
            FailureCode code, String what, String remedy, @Nullable SourceSpan where, @Nullable Throwable cause) {
        super(code, what, remedy, where, cause);
    }

    public StoreBroken(FailureCode code, String what, String remedy) {
        this(code, what, remedy, null, null);
    }

    public StoreBroken(FailureCode code, String what, String remedy, Throwable cause) {
        this(code, what, remedy, null, cause);
    }

    /** The letter for a store that may not be written. */
    public static StoreBroken unwritable(Path place, String reason, @Nullable Throwable cause) {
        return new StoreBroken(
                FailureCode.STORE_UNWRITABLE,
                "The store cannot be written: " + place + " (" + reason + ").",
                "Make it writable for this user, or choose another place with " + ROOT + ".",
                null,
                cause);
    }

    @Override
    public StoreBroken at(SourceSpan place) {
        return where().isPresent() ? this : new StoreBroken(code(), what(), remedy(), place, this);
    }
}
