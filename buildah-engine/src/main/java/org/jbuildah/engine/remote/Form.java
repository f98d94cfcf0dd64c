package org.jbuildah.engine.remote;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * How the values of one type look on the channel.
 *
 * <p>Law: {@code read} gives a value equal to the one that {@code write} was given. Both sides run the same jars, so a form need not be
 * readable by another version.
 */
interface Form {
    void write(DataOutput out, Object value) throws IOException;

    Object read(DataInput in) throws IOException;

    /** This form, and null besides: a byte before each value. */
    default Form orNull() {
        Form value = this;
        return new Form() {
            @Override
            @SuppressWarnings("NullAway") // null is what it is for
            public void write(DataOutput out, @Nullable Object written) throws IOException {
                out.writeBoolean(written != null);
                if (written != null) {
                    value.write(out, written);
                }
            }

            @Override
            @SuppressWarnings("NullAway") // null is what it is for
            public @Nullable Object read(DataInput in) throws IOException {
                return in.readBoolean() ? value.read(in) : null;
            }
        };
    }
}
