package org.jbuildah.engine.snapshot;

import java.io.IOException;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jbuildah.engine.layer.EntryName;
import org.jbuildah.engine.linux.FileStatus;
import org.jbuildah.engine.linux.Linux;
import org.jbuildah.engine.linux.OpenFlag;

/**
 * What a directory tree was at one moment. A file that is still the same inode with the same ctime is unchanged, in content and in
 * metadata: the kernel sets the ctime at every change, and no program can set it back.
 *
 * @param children of a directory, by name; empty for all else
 */
record Listing(Identity identity, int type, long ctimeSeconds, int ctimeNanos, SortedMap<byte[], Listing> children) {
    private static final int TYPE = 0170000;
    private static final SortedMap<byte[], Listing> NONE =
            Collections.unmodifiableSortedMap(new TreeMap<>(Arrays::compareUnsigned));

    /** Tells a file from a later one: the number of a deleted inode may be used again at once. */
    record Identity(long inode, long birthSeconds, int birthNanos) {
        static Identity of(FileStatus status) {
            return new Identity(status.inode(), status.birthSeconds(), status.birthNanos());
        }
    }

    static Listing of(Linux linux, int parent, byte[] name) throws IOException {
        FileStatus status = linux.lstat(parent, name);
        SortedMap<byte[], Listing> children = NONE;
        if (status.isDirectory()) {
            children = new TreeMap<>(Arrays::compareUnsigned);
            int fd = linux.openat(parent, name, OpenFlag.RDONLY | OpenFlag.DIRECTORY | OpenFlag.NOFOLLOW, 0);
            try {
                for (byte[] child : linux.getdents(fd)) {
                    children.put(child, of(linux, fd, child));
                }
            } finally {
                linux.close(fd);
            }
        }
        return new Listing(
                Identity.of(status), status.mode() & TYPE, status.ctimeSeconds(), status.ctimeNanos(), children);
    }

    boolean unchanged(FileStatus now) {
        return identity.equals(Identity.of(now))
                && type == (now.mode() & TYPE)
                && ctimeSeconds == now.ctimeSeconds()
                && ctimeNanos == now.ctimeNanos();
    }

    /** Under which name each file was. */
    Map<Identity, EntryName> names() {
        Map<Identity, EntryName> names = new HashMap<>();
        collect(EntryName.ROOT, names);
        return names;
    }

    private void collect(EntryName name, Map<Identity, EntryName> into) {
        into.put(identity, name);
        children.forEach((last, child) -> child.collect(name.resolve(EntryName.of(last)), into));
    }
}
