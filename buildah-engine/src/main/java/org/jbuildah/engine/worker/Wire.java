package org.jbuildah.engine.worker;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import org.jbuildah.engine.api.Capability;
import org.jbuildah.engine.api.Terminal;
import org.jbuildah.engine.api.Ulimit;
import org.jbuildah.engine.linux.IdMap.Range;
import org.jbuildah.engine.rootfs.Credentials;
import org.jbuildah.engine.rootfs.ExitStatus;
import org.jbuildah.engine.rootfs.Grants;
import org.jbuildah.engine.rootfs.MountSpec;
import org.jbuildah.engine.rootfs.Network;
import org.jbuildah.engine.rootfs.ProcessSpec;

/** How the values of the seam look on the wire: numbers big-endian, text as UTF-8 behind its length, lists behind their size. */
final class Wire {
    private Wire() {}

    static void writeBytes(DataOutput out, byte[] bytes) throws IOException {
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    static byte[] readBytes(DataInput in) throws IOException {
        byte[] bytes = new byte[size(in)];
        in.readFully(bytes);
        return bytes;
    }

    static void writeString(DataOutput out, String text) throws IOException {
        writeBytes(out, text.getBytes(StandardCharsets.UTF_8));
    }

    static String readString(DataInput in) throws IOException {
        return new String(readBytes(in), StandardCharsets.UTF_8);
    }

    static void writeStrings(DataOutput out, List<String> list) throws IOException {
        out.writeInt(list.size());
        for (String text : list) {
            writeString(out, text);
        }
    }

    static List<String> readStrings(DataInput in) throws IOException {
        int size = size(in);
        List<String> list = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            list.add(readString(in));
        }
        return list;
    }

    static void writeRanges(DataOutput out, List<Range> ranges) throws IOException {
        out.writeInt(ranges.size());
        for (Range range : ranges) {
            out.writeLong(range.inside());
            out.writeLong(range.outside());
            out.writeLong(range.count());
        }
    }

    static List<Range> readRanges(DataInput in) throws IOException {
        List<Range> ranges = new ArrayList<>();
        for (int left = size(in); left > 0; left--) {
            ranges.add(new Range(in.readLong(), in.readLong(), in.readLong()));
        }
        return ranges;
    }

    static void writeProcess(DataOutput out, ProcessSpec process) throws IOException {
        writeStrings(out, process.arguments());
        writeStrings(out, process.environment());
        writeString(out, process.workingDirectory());
        writeCredentials(out, process.credentials());
        writeString(out, process.hostname());
        writeString(out, process.network().word());
        writeGrants(out, process.grants());
        out.writeInt(process.mounts().size());
        for (MountSpec mount : process.mounts()) {
            MountWire.write(out, mount);
        }
        Duration timeout = process.timeout();
        out.writeLong(timeout == null ? -1 : timeout.toMillis());
    }

    static ProcessSpec readProcess(DataInput in) throws IOException {
        List<String> arguments = readStrings(in);
        List<String> environment = readStrings(in);
        String workingDirectory = readString(in);
        Credentials credentials = readCredentials(in);
        String hostname = readString(in);
        Network network = Network.parse(readString(in));
        Grants grants = readGrants(in);
        List<MountSpec> mounts = new ArrayList<>();
        for (int left = size(in); left > 0; left--) {
            mounts.add(MountWire.read(in));
        }
        long timeout = in.readLong();
        return new ProcessSpec(
                arguments,
                environment,
                workingDirectory,
                credentials,
                hostname,
                network,
                grants,
                mounts,
                timeout < 0 ? null : Duration.ofMillis(timeout));
    }

    private static void writeGrants(DataOutput out, Grants grants) throws IOException {
        writeStrings(out, grants.capabilities().stream().map(Capability::name).toList());
        out.writeInt(grants.ulimits().size());
        for (Ulimit limit : grants.ulimits()) {
            writeString(out, limit.resource().name());
            out.writeLong(limit.soft());
            out.writeLong(limit.hard());
        }
        out.writeLong(grants.sharedMemoryInBytes());
    }

    private static Grants readGrants(DataInput in) throws IOException {
        EnumSet<Capability> capabilities = EnumSet.noneOf(Capability.class);
        readStrings(in).forEach(name -> capabilities.add(Capability.valueOf(name)));
        List<Ulimit> ulimits = new ArrayList<>();
        for (int left = size(in); left > 0; left--) {
            ulimits.add(new Ulimit(Ulimit.Resource.valueOf(readString(in)), in.readLong(), in.readLong()));
        }
        return new Grants(capabilities, ulimits, in.readLong());
    }

    private static void writeCredentials(DataOutput out, Credentials credentials) throws IOException {
        out.writeInt(credentials.uid());
        out.writeInt(credentials.gid());
        out.writeInt(credentials.supplementaryGids().size());
        for (int gid : credentials.supplementaryGids()) {
            out.writeInt(gid);
        }
    }

    private static Credentials readCredentials(DataInput in) throws IOException {
        int uid = in.readInt();
        int gid = in.readInt();
        List<Integer> supplementary = new ArrayList<>();
        for (int left = size(in); left > 0; left--) {
            supplementary.add(in.readInt());
        }
        return new Credentials(uid, gid, supplementary);
    }

    static void writeExitStatus(DataOutput out, ExitStatus status) throws IOException {
        if (status instanceof ExitStatus.Exited exited) {
            out.writeByte(0);
            out.writeInt(exited.code());
        } else if (status instanceof ExitStatus.Killed killed) {
            out.writeByte(1);
            out.writeInt(killed.signal());
        } else if (status instanceof ExitStatus.TimedOut) {
            out.writeByte(2);
        } else if (status instanceof ExitStatus.NotStarted notStarted) {
            out.writeByte(3);
            writeString(out, notStarted.program());
            writeString(out, notStarted.errno());
        } else {
            throw new IOException("no form on the wire for the exit status " + status);
        }
    }

    static ExitStatus readExitStatus(DataInput in) throws IOException {
        int kind = in.readUnsignedByte();
        return switch (kind) {
            case 0 -> new ExitStatus.Exited(in.readInt());
            case 1 -> new ExitStatus.Killed(in.readInt());
            case 2 -> new ExitStatus.TimedOut();
            case 3 -> new ExitStatus.NotStarted(readString(in), readString(in));
            default -> throw new IOException("an exit status of unknown kind " + kind);
        };
    }

    static void writeSize(DataOutput out, Terminal.Size size) throws IOException {
        out.writeInt(size.rows());
        out.writeInt(size.columns());
    }

    static Terminal.Size readSize(DataInput in) throws IOException {
        return new Terminal.Size(in.readInt(), in.readInt());
    }

    private static int size(DataInput in) throws IOException {
        int size = in.readInt();
        if (size < 0 || size > Frame.LONGEST) {
            throw new IOException("a size of " + size);
        }
        return size;
    }
}
