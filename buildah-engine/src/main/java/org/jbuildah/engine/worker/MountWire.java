package org.jbuildah.engine.worker;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;
import org.jbuildah.engine.layer.EntryName;
import org.jbuildah.engine.oci.DiffId;
import org.jbuildah.engine.rootfs.Access;
import org.jbuildah.engine.rootfs.CacheSharing;
import org.jbuildah.engine.rootfs.MountSpec;
import org.jspecify.annotations.Nullable;

/** How mounts look on the wire: a byte for the kind, then the components in order. */
final class MountWire {
    private static final int GENERATED_FILE = 0;
    private static final int SECRET_FILE = 1;
    private static final int TMPFS = 2;
    private static final int OF_LAYERS = 3;
    private static final int CACHE_DIRECTORY = 4;
    private static final int AGENT_SOCKET = 5;
    private static final int OF_HOST = 6;

    private MountWire() {}

    static void write(DataOutput out, MountSpec mount) throws IOException {
        if (mount instanceof MountSpec.GeneratedFile file) {
            head(out, GENERATED_FILE, file);
            Wire.writeBytes(out, file.content());
            out.writeInt(file.mode());
        } else if (mount instanceof MountSpec.SecretFile secret) {
            head(out, SECRET_FILE, secret);
            Wire.writeBytes(out, secret.content());
            writeAccess(out, secret.access());
        } else if (mount instanceof MountSpec.Tmpfs tmpfs) {
            head(out, TMPFS, tmpfs);
            out.writeLong(tmpfs.sizeInBytes());
            out.writeBoolean(tmpfs.readOnly());
        } else if (mount instanceof MountSpec.OfLayers tree) {
            head(out, OF_LAYERS, tree);
            writeLayers(out, tree.layers());
            Wire.writeBytes(out, tree.source().bytes());
            out.writeBoolean(tree.directory());
            out.writeBoolean(tree.readOnly());
        } else if (mount instanceof MountSpec.CacheDirectory cache) {
            head(out, CACHE_DIRECTORY, cache);
            Wire.writeString(out, cache.id());
            Wire.writeString(out, cache.sharing().name());
            writeLayers(out, cache.layers());
            Wire.writeBytes(out, cache.seed().bytes());
            writeAccess(out, cache.access());
            out.writeBoolean(cache.readOnly());
        } else if (mount instanceof MountSpec.AgentSocket agent) {
            head(out, AGENT_SOCKET, agent);
            Wire.writeString(out, agent.socket());
            writeAccess(out, agent.access());
        } else if (mount instanceof MountSpec.OfHost host) {
            head(out, OF_HOST, host);
            Wire.writeString(out, host.path());
            out.writeBoolean(host.directory());
            out.writeBoolean(host.readOnly());
        } else {
            throw new IOException("no form on the wire for the mount " + mount);
        }
    }

    static MountSpec read(DataInput in) throws IOException {
        int kind = in.readUnsignedByte();
        String target = Wire.readString(in);
        return switch (kind) {
            case GENERATED_FILE -> new MountSpec.GeneratedFile(target, Wire.readBytes(in), in.readInt());
            case SECRET_FILE -> new MountSpec.SecretFile(target, Wire.readBytes(in), someAccess(in));
            case TMPFS -> new MountSpec.Tmpfs(target, in.readLong(), in.readBoolean());
            case OF_LAYERS ->
                new MountSpec.OfLayers(target, readLayers(in), readName(in), in.readBoolean(), in.readBoolean());
            case CACHE_DIRECTORY ->
                new MountSpec.CacheDirectory(
                        target,
                        Wire.readString(in),
                        CacheSharing.valueOf(Wire.readString(in)),
                        readLayers(in),
                        readName(in),
                        readAccess(in),
                        in.readBoolean());
            case AGENT_SOCKET -> new MountSpec.AgentSocket(target, Wire.readString(in), someAccess(in));
            case OF_HOST -> new MountSpec.OfHost(target, Wire.readString(in), in.readBoolean(), in.readBoolean());
            default -> throw new IOException("a mount of unknown kind " + kind);
        };
    }

    private static void head(DataOutput out, int kind, MountSpec mount) throws IOException {
        out.writeByte(kind);
        Wire.writeString(out, mount.target());
    }

    private static void writeLayers(DataOutput out, List<DiffId> layers) throws IOException {
        Wire.writeStrings(out, layers.stream().map(DiffId::toString).toList());
    }

    private static List<DiffId> readLayers(DataInput in) throws IOException {
        return Wire.readStrings(in).stream().map(DiffId::parse).toList();
    }

    private static EntryName readName(DataInput in) throws IOException {
        return EntryName.of(Wire.readBytes(in));
    }

    private static void writeAccess(DataOutput out, @Nullable Access access) throws IOException {
        out.writeBoolean(access != null);
        if (access != null) {
            out.writeInt(access.uid());
            out.writeInt(access.gid());
            out.writeInt(access.mode());
        }
    }

    private static @Nullable Access readAccess(DataInput in) throws IOException {
        return in.readBoolean() ? new Access(in.readInt(), in.readInt(), in.readInt()) : null;
    }

    private static Access someAccess(DataInput in) throws IOException {
        Access access = readAccess(in);
        if (access == null) {
            throw new IOException("a mount without owner and mode");
        }
        return access;
    }
}
