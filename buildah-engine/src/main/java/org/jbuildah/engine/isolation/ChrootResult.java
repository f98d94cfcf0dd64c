package org.jbuildah.engine.isolation;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** What a {@link ChrootProgram} tells at its end. */
sealed interface ChrootResult {
    void write(DataOutput out) throws IOException;

    /** @param status as wait4(2) gives it */
    record Ended(int status) implements ChrootResult {
        @Override
        public void write(DataOutput out) throws IOException {
            out.writeByte('E');
            out.writeInt(status);
        }
    }

    /** @param errno by name */
    record NotStarted(String errno) implements ChrootResult {
        @Override
        public void write(DataOutput out) throws IOException {
            out.writeByte('N');
            out.writeUTF(errno);
        }
    }

    /** The fault is ours or the machine's. */
    record Failed(String why) implements ChrootResult {
        @Override
        public void write(DataOutput out) throws IOException {
            out.writeByte('F');
            out.writeUTF(why);
        }
    }

    static ChrootResult read(DataInput in) throws IOException {
        int kind = in.readByte();
        return switch (kind) {
            case 'E' -> new Ended(in.readInt());
            case 'N' -> new NotStarted(in.readUTF());
            case 'F' -> new Failed(in.readUTF());
            default -> throw new IOException("no end of a step is called " + kind);
        };
    }
}
