package org.jbuildah.engine.linux;

/**
 * What {@code statx(2)} tells of a file.
 *
 * @param mode type and permission bits, {@code st_mode}
 * @param rdevMajor of a device node
 * @param mtimeNanos the part below a second
 * @param blocks512 allocated blocks of 512 bytes
 * @param ctimeSeconds of the last change of content or metadata, which no program can set
 * @param ctimeNanos the part below a second
 * @param birthSeconds when the inode was made; 0 where the file system does not know
 * @param birthNanos the part below a second
 */
public record FileStatus(
        int mode,
        long inode,
        int deviceMajor,
        int deviceMinor,
        long links,
        long uid,
        long gid,
        int rdevMajor,
        int rdevMinor,
        long size,
        long mtimeSeconds,
        int mtimeNanos,
        long blocks512,
        long ctimeSeconds,
        int ctimeNanos,
        long birthSeconds,
        int birthNanos) {
    /** A file that was never changed. */
    public FileStatus(
            int mode,
            long inode,
            int deviceMajor,
            int deviceMinor,
            long links,
            long uid,
            long gid,
            int rdevMajor,
            int rdevMinor,
            long size,
            long mtimeSeconds,
            int mtimeNanos,
            long blocks512) {
        this(
                mode,
                inode,
                deviceMajor,
                deviceMinor,
                links,
                uid,
                gid,
                rdevMajor,
                rdevMinor,
                size,
                mtimeSeconds,
                mtimeNanos,
                blocks512,
                0,
                0,
                0,
                0);
    }

    public boolean isDirectory() {
        return (mode & 0170000) == 0040000;
    }

    public boolean isRegular() {
        return (mode & 0170000) == 0100000;
    }

    public boolean isSymlink() {
        return (mode & 0170000) == 0120000;
    }

    public boolean isCharacterDevice() {
        return (mode & 0170000) == 0020000;
    }

    public boolean isBlockDevice() {
        return (mode & 0170000) == 0060000;
    }

    public boolean isFifo() {
        return (mode & 0170000) == 0010000;
    }

    public boolean isSocket() {
        return (mode & 0170000) == 0140000;
    }

    /** {@code 07777} at most. */
    public int permissions() {
        return mode & 07777;
    }
}
