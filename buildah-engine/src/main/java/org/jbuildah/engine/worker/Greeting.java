package org.jbuildah.engine.worker;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;
import org.jbuildah.engine.linux.IdMap;
import org.jbuildah.engine.worker.WorkerMessage.Event;
import org.jbuildah.engine.worker.WorkerMessage.Kind;
import org.jbuildah.engine.worker.WorkerMessage.Request;
import org.jbuildah.engine.worker.WorkerMessage.Visitor;

/** How launcher and worker begin: the worker is told where it works, and says what it is. */
interface Greeting {
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
}
