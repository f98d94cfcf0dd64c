package org.jbuildah.engine.snapshot;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import org.jbuildah.engine.layer.LayerEntry;
import org.jbuildah.engine.linux.Errno;
import org.jbuildah.engine.linux.Linux;
import org.jbuildah.engine.linux.LinuxException;
import org.jbuildah.engine.rootfs.AskedOwners;

/** The owner that a layer says, on a file that cannot belong to it: a step's processes are told of it. */
final class OwnerMark {
    private OwnerMark() {}

    static String text(long uid, long gid) {
        return uid + ":" + gid;
    }

    /** Symbolic links and special files can have none, and some file systems know none. */
    static void put(Linux linux, LayerEntry entry, int directory, byte[] name) throws IOException {
        if (!entry.isFile() && !entry.isDirectory()) {
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

    static void put(Linux linux, byte[] path, long uid, long gid) throws LinuxException {
        linux.lsetxattr(path, AskedOwners.OWNER, text(uid, gid).getBytes(UTF_8));
    }
}
