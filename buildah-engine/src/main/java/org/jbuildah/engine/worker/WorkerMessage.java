package org.jbuildah.engine.worker;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;
import org.jbuildah.engine.oci.DiffId;
import org.jbuildah.engine.worker.Greeting.Open;
import org.jbuildah.engine.worker.Greeting.Ready;
import org.jbuildah.engine.worker.RunMessage.Cancel;
import org.jbuildah.engine.worker.RunMessage.Credit;
import org.jbuildah.engine.worker.RunMessage.Ended;
import org.jbuildah.engine.worker.RunMessage.Keys;
import org.jbuildah.engine.worker.RunMessage.Output;
import org.jbuildah.engine.worker.RunMessage.Resize;
import org.jbuildah.engine.worker.RunMessage.Run;
import org.jbuildah.engine.worker.SnapshotMessage.Commit;
import org.jbuildah.engine.worker.SnapshotMessage.Committed;
import org.jbuildah.engine.worker.SnapshotMessage.Prepare;
import org.jbuildah.engine.worker.SnapshotMessage.Prepared;
import org.jbuildah.engine.worker.SnapshotMessage.Prune;
import org.jbuildah.engine.worker.SnapshotMessage.Pruned;
import org.jbuildah.engine.worker.SnapshotMessage.RehearseOverlay;
import org.jbuildah.engine.worker.SnapshotMessage.Rehearsed;
import org.jbuildah.engine.worker.SnapshotMessage.Release;

/**
 * All that launcher and worker say to each other. Each message travels in a {@link Frame} that names the request it belongs to.
 *
 * <p>Every request is answered by exactly one answer: the event named beside it, or {@link Failed}. Before the answer of a
 * {@link Run} come any number of {@link Output}s, never more bytes than the launcher has given credit for. Output has a window, and input
 * has none: it comes from a person's hands.
 */
sealed interface WorkerMessage {
    /** Both sides come from the same jars, so this is a safeguard, not a promise. */
    int PROTOCOL = 1;

    /** The number of bytes that a RUN may write before the launcher says that it has heard some. */
    int WINDOW_IN_BYTES = 256 * 1024;

    Kind kind();

    /** Writes the components, in order. */
    void write(DataOutput out) throws IOException;

    /** The byte that names a message on the wire, and how the rest is read. */
    enum Kind {
        OPEN(Open::read),
        PING(in -> new Ping()),
        PREPARE(Prepare::read),
        RUN(Run::read),
        CREDIT(in -> new Credit(in.readInt())),
        CANCEL(in -> new Cancel()),
        COMMIT(in -> new Commit(in.readInt())),
        TYPE(in -> new Keys(Wire.readBytes(in))),
        RESIZE(in -> new Resize(Wire.readSize(in))),
        RELEASE(in -> new Release(in.readInt())),
        PRUNE(in -> new Prune(in.readBoolean())),
        REHEARSE_OVERLAY(in -> new RehearseOverlay()),
        READY(Ready::read),
        DONE(in -> new Done()),
        PREPARED(in -> new Prepared(in.readInt())),
        OUTPUT(in -> new Output(in.readBoolean(), Wire.readBytes(in))),
        ENDED(in -> new Ended(Wire.readExitStatus(in))),
        COMMITTED(in -> new Committed(DiffId.parse(Wire.readString(in)))),
        PRUNED(in -> new Pruned(in.readBoolean())),
        REHEARSED(in -> new Rehearsed(Wire.readString(in))),
        FAILED(Failed::read);

        private static final List<Kind> ALL = List.of(values());

        @SuppressWarnings("ImmutableEnumChecker") // references to static methods
        private final Reader reader;

        Kind(Reader reader) {
            this.reader = reader;
        }

        int number() {
            return ALL.indexOf(this);
        }

        static WorkerMessage read(DataInput in) throws IOException {
            int number = in.readUnsignedByte();
            if (number >= ALL.size()) {
                throw new IOException("a message of unknown kind " + number);
            }
            return ALL.get(number).reader.read(in);
        }
    }

    /** Reads the components of one kind. */
    interface Reader {
        WorkerMessage read(DataInput in) throws IOException;
    }

    /** What the launcher says. */
    sealed interface Request extends WorkerMessage
            permits Open, Ping, Prepare, Run, Credit, Keys, Resize, Cancel, Commit, Release, Prune, RehearseOverlay {
        void accept(Visitor visitor);
    }

    /** What the worker says. */
    sealed interface Event extends WorkerMessage
            permits Ready, Done, Prepared, Output, Ended, Committed, Pruned, Rehearsed, Failed {}

    /** Proves that every request is served. */
    interface Visitor {
        void open(Open request);

        void ping();

        void prepare(Prepare request);

        void run(Run request);

        void credit(Credit request);

        void cancel();

        void type(Keys request);

        void resize(Resize request);

        void commit(Commit request);

        void release(Release request);

        void prune(Prune request);

        void rehearseOverlay();
    }

    /** Answered by {@link Done}, at once. */
    record Ping() implements Request {
        @Override
        public Kind kind() {
            return Kind.PING;
        }

        @Override
        public void write(DataOutput out) {}

        @Override
        public void accept(Visitor visitor) {
            visitor.ping();
        }
    }

    record Done() implements Event {
        @Override
        public Kind kind() {
            return Kind.DONE;
        }

        @Override
        public void write(DataOutput out) {}
    }

    /** The request came to nothing. */
    record Failed(Failure failure) implements Event {
        static Failed read(DataInput in) throws IOException {
            return new Failed(new Failure(
                    Failure.Family.valueOf(Wire.readString(in)),
                    Wire.readString(in),
                    Wire.readString(in),
                    Wire.readString(in),
                    in.readInt()));
        }

        @Override
        public Kind kind() {
            return Kind.FAILED;
        }

        @Override
        public void write(DataOutput out) throws IOException {
            Wire.writeString(out, failure.family().name());
            Wire.writeString(out, failure.code());
            Wire.writeString(out, failure.message());
            Wire.writeString(out, failure.remedy());
            out.writeInt(failure.errno());
        }
    }
}
