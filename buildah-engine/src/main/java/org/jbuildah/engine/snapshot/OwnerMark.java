package org.jbuildah.engine.snapshot;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jbuildah.engine.layer.EntryName;
import org.jbuildah.engine.layer.EntryType;
import org.jbuildah.engine.layer.LayerEntry;
import org.jbuildah.engine.layer.Whiteout;
import org.jbuildah.engine.linux.Errno;
import org.jbuildah.engine.linux.Linux;
import org.jbuildah.engine.linux.LinuxException;
import org.jbuildah.engine.oci.DiffId;
import org.jbuildah.engine.rootfs.AskedOwners;

/** The owner that a layer says, on a file that cannot belong to it: a step's processes are told of it. */
final class OwnerMark {
    private OwnerMark() {}

    static String text(long uid, long gid) {
        return uid + ":" + gid;
    }

    /** Symbolic links and special files can have none, and some file systems know none. */
    static void put(Linux linux, LayerEntry entry, int directory, byte[] name) throws IOException {
        if (!possible(entry)) {
            return;
        }
        try {
            put(linux, Names.through(directory, name), entry.uid(), entry.gid());
        } catch (LinuxException e) {
            if (e.errno() != Errno.EOPNOTSUPP && e.errno() != Errno.EPERM) {
                throw e;
            }
        }
    }

    private static boolean possible(LayerEntry entry) {
        return entry.isFile() || entry.isDirectory();
    }

    /** The owners of a stack's files that can have no mark; root needs none. */
    static List<AskedOwners.Named> missing(LayerStack stack) throws IOException {
        Set<EntryName> candidates = new LinkedHashSet<>();
        for (DiffId layer : stack.layers()) {
            stack.index(layer).forEach(indexed -> {
                LayerEntry entry = indexed.entry();
                if (special(entry)) {
                    candidates.add(entry.name());
                }
            });
        }
        List<AskedOwners.Named> missing = new ArrayList<>();
        for (EntryName name : candidates) {
            Optional<LayerEntry> shown = stack.find(name);
            if (shown.isPresent() && special(shown.get())) {
                LayerEntry entry = shown.get();
                missing.add(
                        new AskedOwners.Named(Names.join(Names.SLASH, name.bytes()), text(entry.uid(), entry.gid())));
            }
        }
        return missing;
    }

    private static boolean special(LayerEntry entry) {
        return !possible(entry)
                && entry.type() != EntryType.HARD_LINK
                && (entry.uid() != 0 || entry.gid() != 0)
                && !Whiteout.isMarker(entry.name());
    }

    static void put(Linux linux, byte[] path, long uid, long gid) throws LinuxException {
        linux.lsetxattr(path, AskedOwners.OWNER, text(uid, gid).getBytes(UTF_8));
    }
}
