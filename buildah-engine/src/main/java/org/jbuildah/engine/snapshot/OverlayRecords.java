package org.jbuildah.engine.snapshot;

import java.io.IOException;
import java.util.Optional;
import java.util.SortedMap;
import org.jbuildah.engine.layer.EntryName;
import org.jbuildah.engine.linux.FileStatus;

/**
 * What an overlay file system keeps on disk beside the files themselves: which names a directory takes away from the directories below
 * it, where it shows nothing of them at all, and what it copied up from them.
 */
interface OverlayRecords {
    /** What a name in a directory stands for. */
    sealed interface Meaning {
        /** A file. */
        record Itself() implements Meaning {}

        /** The absence of a file. */
        @SuppressWarnings("ArrayRecordComponent") // a name is raw bytes; never compared as a record
        record Removal(byte[] of) implements Meaning {}

        /** The directory it lies in is opaque. */
        record Opaqueness() implements Meaning {}
    }

    Meaning meaning(byte[] name, FileStatus status);

    /** Whether a directory that has no file of this name takes the name away from the ones below. */
    boolean removes(int base, byte[] directory, byte[] name) throws IOException;

    /** @param xattrs all that the directory has */
    boolean opaque(int parent, byte[] directory, SortedMap<String, byte[]> xattrs) throws IOException;

    /** True for the xattr that may stay on a directory which is opaque for a reason. */
    boolean opaqueXattr(String xattr);

    /** Takes a name away from the directories below. */
    void remove(int directory, byte[] name) throws IOException;

    /**
     * Whether a file was in the lowers before, perhaps under another name; guesses where the file system keeps no record.
     *
     * @param opaque for a directory, that it is
     * @param lowers of the directory that holds the file
     */
    boolean copiedUp(
            int directory,
            byte[] name,
            FileStatus status,
            SortedMap<String, byte[]> xattrs,
            boolean opaque,
            LowerView lowers)
            throws IOException;

    /**
     * Makes a file that the file system spoiled when it copied it up what it was.
     *
     * @param lowers of the root directory
     * @return what it is now
     */
    FileStatus repaired(
            int directory, byte[] name, FileStatus status, SortedMap<String, byte[]> xattrs, LowerView lowers)
            throws IOException;

    /** Under which name it was there, where that is recorded. */
    Optional<EntryName> origin(SortedMap<String, byte[]> xattrs);
}
