package org.jbuildah.engine.worker;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;
import org.jbuildah.engine.oci.DiffId;
import org.jbuildah.engine.worker.WorkerMessage.Event;
import org.jbuildah.engine.worker.WorkerMessage.Kind;
import org.jbuildah.engine.worker.WorkerMessage.Request;
import org.jbuildah.engine.worker.WorkerMessage.Visitor;

/** What is said of root file systems: one is lent out, becomes a layer, is given back; the rest is about all of them. */
interface SnapshotMessage {
    /** Lends out a stack of layers; answered by {@link Prepared}. */
    record Prepare(List<DiffId> layers) implements Request {
        static Prepare read(DataInput in) throws IOException {
            return new Prepare(Wire.readStrings(in).stream().map(DiffId::parse).toList());
        }

        @Override
        public Kind kind() {
            return Kind.PREPARE;
        }

        @Override
        public void write(DataOutput out) throws IOException {
            Wire.writeStrings(out, layers.stream().map(DiffId::toString).toList());
        }

        @Override
        public void accept(Visitor visitor) {
            visitor.prepare(this);
        }
    }

    record Prepared(int snapshot) implements Event {
        @Override
        public Kind kind() {
            return Kind.PREPARED;
        }

        @Override
        public void write(DataOutput out) throws IOException {
            out.writeInt(snapshot);
        }
    }

    /** Answered by {@link Committed}. */
    record Commit(int snapshot) implements Request {
        @Override
        public Kind kind() {
            return Kind.COMMIT;
        }

        @Override
        public void write(DataOutput out) throws IOException {
            out.writeInt(snapshot);
        }

        @Override
        public void accept(Visitor visitor) {
            visitor.commit(this);
        }
    }

    record Committed(DiffId layer) implements Event {
        @Override
        public Kind kind() {
            return Kind.COMMITTED;
        }

        @Override
        public void write(DataOutput out) throws IOException {
            Wire.writeString(out, layer.toString());
        }
    }

    /** Gives a snapshot back; answered by {@link WorkerMessage.Done}. */
    record Release(int snapshot) implements Request {
        @Override
        public Kind kind() {
            return Kind.RELEASE;
        }

        @Override
        public void write(DataOutput out) throws IOException {
            out.writeInt(snapshot);
        }

        @Override
        public void accept(Visitor visitor) {
            visitor.release(this);
        }
    }

    /**
     * Deletes every unpacked layer, and with {@code caches} every cache directory, whose owners only the worker may touch; answered by
     * {@link Pruned}.
     */
    record Prune(boolean caches) implements Request {
        @Override
        public Kind kind() {
            return Kind.PRUNE;
        }

        @Override
        public void write(DataOutput out) throws IOException {
            out.writeBoolean(caches);
        }

        @Override
        public void accept(Visitor visitor) {
            visitor.prune(this);
        }
    }

    /** {@code done}: false when another worker uses the same unpacked layers; nothing is deleted then. */
    record Pruned(boolean done) implements Event {
        @Override
        public Kind kind() {
            return Kind.PRUNED;
        }

        @Override
        public void write(DataOutput out) throws IOException {
            out.writeBoolean(done);
        }
    }

    /** Tries an overlay mount in the store; answered by {@link Rehearsed}. */
    record RehearseOverlay() implements Request {
        @Override
        public Kind kind() {
            return Kind.REHEARSE_OVERLAY;
        }

        @Override
        public void write(DataOutput out) {}

        @Override
        public void accept(Visitor visitor) {
            visitor.rehearseOverlay();
        }
    }

    /** {@code obstacle}: the call that failed and why; empty when overlay works. */
    record Rehearsed(String obstacle) implements Event {
        @Override
        public Kind kind() {
            return Kind.REHEARSED;
        }

        @Override
        public void write(DataOutput out) throws IOException {
            Wire.writeString(out, obstacle);
        }
    }
}
