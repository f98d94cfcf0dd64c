package org.jbuildah.engine.remote;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** One of several, told apart by a number: the constants of an enum, or the types that a sealed one permits. */
final class Alternatives {
    private Alternatives() {}

    static Form ofConstants(List<?> constants) {
        return new Form() {
            @Override
            public void write(DataOutput out, Object value) throws IOException {
                out.writeByte(constants.indexOf(value));
            }

            @Override
            public Object read(DataInput in) throws IOException {
                return chosen(constants, in);
            }
        };
    }

    static Form ofTypes(List<? extends Class<?>> types) {
        List<Form> forms = new ArrayList<>();
        types.forEach(type -> forms.add(Forms.later(type)));
        return new Form() {
            @Override
            public void write(DataOutput out, Object value) throws IOException {
                for (int i = 0; i < types.size(); i++) {
                    if (types.get(i).isInstance(value)) {
                        out.writeByte(i);
                        forms.get(i).write(out, value);
                        return;
                    }
                }
                throw new IOException(value.getClass() + " is none of " + types);
            }

            @Override
            public Object read(DataInput in) throws IOException {
                return ((Form) chosen(forms, in)).read(in);
            }
        };
    }

    private static Object chosen(List<?> all, DataInput in) throws IOException {
        int number = in.readUnsignedByte();
        if (number >= all.size()) {
            throw new IOException("alternative " + number + " of " + all.size());
        }
        return all.get(number);
    }
}
