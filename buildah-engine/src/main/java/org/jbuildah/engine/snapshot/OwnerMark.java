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
            byte[] text = text(entry.uid(), entry.gid()).getBytes(UTF_8);
            linux.lsetxattr(Names.through(directory, name), AskedOwners.OWNER, text);
        } catch (LinuxException e) {
            if (e.errno() != Errno.EOPNOTSUPP && e.errno() != Errno.EPERM) {
                throw e;
            }
        }
    }
}
