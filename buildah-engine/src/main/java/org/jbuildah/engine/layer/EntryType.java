package org.jbuildah.engine.layer;

/** The kinds of entry that a layer can hold. */
public enum EntryType {
    FILE('0'),
    DIRECTORY('5'),
    SYMLINK('2'),
    /** Another name of a regular file; {@link LayerEntry#linkTarget()} is that file's entry name. */
    HARD_LINK('1'),
    CHARACTER_DEVICE('3'),
    BLOCK_DEVICE('4'),
    FIFO('6');

    private final char typeFlag;

    EntryType(char typeFlag) {
        this.typeFlag = typeFlag;
    }

    /** The character that says so in a ustar header. */
    char typeFlag() {
        return typeFlag;
    }

    /** The kind by its ustar character; throws for those that only other formats know. */
    static EntryType of(char typeFlag) {
        return switch (typeFlag) {
            case '0' -> FILE;
            case '1' -> HARD_LINK;
            case '2' -> SYMLINK;
            case '3' -> CHARACTER_DEVICE;
            case '4' -> BLOCK_DEVICE;
            case '5' -> DIRECTORY;
            case '6' -> FIFO;
            default -> throw new IndexOutOfBoundsException("type '" + typeFlag + "'");
        };
    }
}
