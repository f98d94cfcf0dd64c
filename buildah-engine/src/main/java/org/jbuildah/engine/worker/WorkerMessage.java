package org.jbuildah.engine.worker;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;
import org.jbuildah.engine.api.Terminal;
import org.jbuildah.engine.linux.IdMap;
import org.jbuildah.engine.oci.DiffId;
import org.jbuildah.engine.rootfs.ExitStatus;
import org.jbuildah.engine.rootfs.ProcessSpec;
import org.jspecify.annotations.Nullable;

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
    sealed interface Request extends WorkerMessage {
        void accept(Visitor visitor);
    }

    /** What the worker says. */
    sealed interface Event extends WorkerMessage {}

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

    /** The first request, answered by {@link Ready}. */
    record Open(
            int protocol,
            String storeRoot,
            IdMap idMap,
            boolean trustedXattrs,
            List<LayerDriver> drivers,
            RunIsolation isolation)
            implements Request {
        public Open {
            drivers = List.copyOf(drivers);
        }

        static Open read(DataInput in) throws IOException {
            return new Open(
                    in.readInt(),
                    Wire.readString(in),
                    new IdMap(Wire.readRanges(in), Wire.readRanges(in)),
                    in.readBoolean(),
                    OpenWire.readDrivers(in),
                    OpenWire.readIsolation(in));
        }

        @Override
        public Kind kind() {
            return Kind.OPEN;
        }

        @Override
        public void write(DataOutput out) throws IOException {
            out.writeInt(protocol);
            Wire.writeString(out, storeRoot);
            Wire.writeRanges(out, idMap.uids());
            Wire.writeRanges(out, idMap.gids());
            out.writeBoolean(trustedXattrs);
            OpenWire.writeDrivers(out, drivers);
            OpenWire.writeIsolation(out, isolation);
        }

        @Override
        public void accept(Visitor visitor) {
            visitor.open(this);
        }
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

    /**
     * Runs a process in a snapshot; answered by {@link Ended}.
     *
     * @param terminal the size of the terminal that it has; null for pipes
     */
    record Run(int snapshot, ProcessSpec process, Terminal.@Nullable Size terminal) implements Request {
        Run(int snapshot, ProcessSpec process) {
            this(snapshot, process, null);
        }

        static Run read(DataInput in) throws IOException {
            return new Run(in.readInt(), Wire.readProcess(in), in.readBoolean() ? Wire.readSize(in) : null);
        }

        @Override
        public Kind kind() {
            return Kind.RUN;
        }

        @Override
        public void write(DataOutput out) throws IOException {
            out.writeInt(snapshot);
            Wire.writeProcess(out, process);
            out.writeBoolean(terminal != null);
            if (terminal != null) {
                Wire.writeSize(out, terminal);
            }
        }

        @Override
        public void accept(Visitor visitor) {
            visitor.run(this);
        }
    }

    /** In a frame that bears the number of a RUN: that many bytes of its output were heard. No answer. */
    record Credit(int bytes) implements Request {
        @Override
        public Kind kind() {
            return Kind.CREDIT;
        }

        @Override
        public void write(DataOutput out) throws IOException {
            out.writeInt(bytes);
        }

        @Override
        public void accept(Visitor visitor) {
            visitor.credit(this);
        }
    }

    /** In a frame that bears the number of a RUN with a terminal: these bytes were typed there. No answer. */
    @SuppressWarnings("ArrayRecordComponent") // passed on, never compared
    record Keys(byte[] bytes) implements Request {
        @Override
        public Kind kind() {
            return Kind.TYPE;
        }

        @Override
        public void write(DataOutput out) throws IOException {
            Wire.writeBytes(out, bytes);
        }

        @Override
        public void accept(Visitor visitor) {
            visitor.type(this);
        }
    }

    /** In a frame that bears the number of a RUN with a terminal: that has another size now. No answer. */
    record Resize(Terminal.Size size) implements Request {
        @Override
        public Kind kind() {
            return Kind.RESIZE;
        }

        @Override
        public void write(DataOutput out) throws IOException {
            Wire.writeSize(out, size);
        }

        @Override
        public void accept(Visitor visitor) {
            visitor.resize(this);
        }
    }

    /** In a frame that bears the number of another request: end it. No answer; the other request is answered, one way or another. */
    record Cancel() implements Request {
        @Override
        public Kind kind() {
            return Kind.CANCEL;
        }

        @Override
        public void write(DataOutput out) {}

        @Override
        public void accept(Visitor visitor) {
            visitor.cancel();
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

    /** Gives a snapshot back; answered by {@link Done}. */
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

    record Ready(WorkerHello hello) implements Event {
        static Ready read(DataInput in) throws IOException {
            return new Ready(new WorkerHello(
                    in.readInt(),
                    in.readInt(),
                    in.readInt(),
                    Wire.readString(in),
                    Wire.readString(in),
                    Wire.readString(in),
                    in.readBoolean(),
                    Wire.readString(in),
                    Wire.readStrings(in)));
        }

        @Override
        public Kind kind() {
            return Kind.READY;
        }

        @Override
        public void write(DataOutput out) throws IOException {
            out.writeInt(hello.protocol());
            out.writeInt(hello.pid());
            out.writeInt(hello.euid());
            Wire.writeString(out, hello.uidMap());
            Wire.writeString(out, hello.gidMap());
            Wire.writeString(out, hello.jvm());
            out.writeBoolean(hello.freshProc());
            Wire.writeString(out, hello.driver());
            Wire.writeStrings(out, hello.obstacles());
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

    /** Bytes that a RUN wrote. */
    @SuppressWarnings("ArrayRecordComponent") // passed on, never compared
    record Output(boolean standardError, byte[] bytes) implements Event {
        @Override
        public Kind kind() {
            return Kind.OUTPUT;
        }

        @Override
        public void write(DataOutput out) throws IOException {
            out.writeBoolean(standardError);
            Wire.writeBytes(out, bytes);
        }
    }

    record Ended(ExitStatus status) implements Event {
        @Override
        public Kind kind() {
            return Kind.ENDED;
        }

        @Override
        public void write(DataOutput out) throws IOException {
            Wire.writeExitStatus(out, status);
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
