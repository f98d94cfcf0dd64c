package org.jbuildah.engine.snapshot;

import java.io.IOException;
import java.util.SortedMap;
import org.jbuildah.engine.layer.EntryName;
import org.jbuildah.engine.linux.FileStatus;

/** To whom a changed file belongs. Directories are asked for before what is in them. */
interface Owners {
    record Owner(long uid, long gid) {
        static final Owner ROOT = new Owner(0, 0);
    }

    /** Owners are on disk. */
    Owners ON_DISK = (name, status, xattrs, known) -> new Owner(status.uid(), status.gid());

    /**
     * @param xattrs all that the file has
     * @param fromBelow the file was in the stack before, perhaps under another name
     */
    Owner of(EntryName name, FileStatus status, SortedMap<String, byte[]> xattrs, boolean fromBelow) throws IOException;
}
