package org.jbuildah.engine.worker;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.jbuildah.engine.api.Terminal;
import org.jbuildah.engine.rootfs.ExitStatus;
import org.jbuildah.engine.rootfs.ProcessSpec;
import org.jbuildah.engine.worker.WorkerMessage.Event;
import org.jbuildah.engine.worker.WorkerMessage.Kind;
import org.jbuildah.engine.worker.WorkerMessage.Request;
import org.jbuildah.engine.worker.WorkerMessage.Visitor;
import org.jspecify.annotations.Nullable;

/** What is said while a process runs. */
interface RunMessage {
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
}
