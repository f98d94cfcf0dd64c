package org.jbuildah.engine.snapshot;

import java.io.IOException;
import org.jbuildah.engine.layer.EntryName;
import org.jbuildah.engine.linux.FileStatus;

/** To whom a changed file belongs. */
interface Owners {
    record Owner(long uid, long gid) {}

    /** Owners are on disk. */
    Owners ON_DISK = (name, status, known) -> new Owner(status.uid(), status.gid());

    /** @param fromBelow the file was in the stack before, perhaps under another name */
    Owner of(EntryName name, FileStatus status, boolean fromBelow) throws IOException;
}
