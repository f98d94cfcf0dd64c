package org.jbuildah.engine.layer;

/** The kinds of entry that a layer can hold. */
public enum EntryType {
    FILE,
    DIRECTORY,
    SYMLINK,
    /** Another name of a regular file; {@link LayerEntry#linkTarget()} is that file's entry name. */
    HARD_LINK,
    CHARACTER_DEVICE,
    BLOCK_DEVICE,
    FIFO
}
