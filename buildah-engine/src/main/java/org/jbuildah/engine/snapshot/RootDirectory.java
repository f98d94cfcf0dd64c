package org.jbuildah.engine.snapshot;

import java.io.IOException;
import java.util.SortedMap;
import org.jbuildah.engine.linux.FileStatus;
import org.jbuildah.engine.linux.Linux;

/** What a layer may say of the root directory. */
record RootDirectory(FileStatus status, SortedMap<String, byte[]> xattrs) {
    static RootDirectory of(Linux linux, int layersFd, byte[] name) throws IOException {
        SortedMap<String, byte[]> xattrs = linux.lgetxattrs(Names.through(layersFd, name));
        xattrs.keySet().removeIf(xattr -> !OverlayXattrs.belongsInLayer(xattr) && !OverlayXattrs.ours(xattr));
        return new RootDirectory(linux.lstat(layersFd, name), xattrs);
    }

    /** But for the time, which every file that is made in it changes. */
    boolean same(RootDirectory other) {
        return status.mode() == other.status.mode()
                && status.uid() == other.status.uid()
                && status.gid() == other.status.gid()
                && Names.sameValues(xattrs, other.xattrs);
    }
}
