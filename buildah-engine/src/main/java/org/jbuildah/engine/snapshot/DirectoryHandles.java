package org.jbuildah.engine.snapshot;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jbuildah.engine.layer.EntryName;
import org.jbuildah.engine.linux.Errno;
import org.jbuildah.engine.linux.FileStatus;
import org.jbuildah.engine.linux.Linux;
import org.jbuildah.engine.linux.LinuxException;
import org.jbuildah.engine.linux.OpenFlag;
import org.jbuildah.engine.linux.ResolveFlag;

/**
 * The directories of a tree that is being filled, held open. Names are resolved by the kernel as a process in that root would
 * (RESOLVE_IN_ROOT): a symlink, absolute or with dots, leads nowhere outside.
 */
final class DirectoryHandles implements AutoCloseable {
    private static final int MOST = 128;
    private static final int FLAGS = OpenFlag.PATH | OpenFlag.DIRECTORY;
    private static final int RESOLVE = ResolveFlag.IN_ROOT | ResolveFlag.NO_MAGICLINKS;

    private final Linux linux;
    private final int root;
    private final LinkedHashMap<EntryName, Integer> open = new LinkedHashMap<>(16, 0.75f, true);
    private final SortedMap<EntryName, FileStatus> before = new TreeMap<>();
    private EntryName lastName = EntryName.ROOT;
    private int lastHandle;

    DirectoryHandles(Linux linux, int root) {
        this.linux = linux;
        this.root = root;
        this.lastHandle = root;
    }

    /** A descriptor (O_PATH) that stays open at least until the next call; missing directories are made, root's, 0755. */
    int directory(EntryName name) throws IOException {
        if (name.isRoot()) {
            return root;
        }
        if (name.equals(lastName)) {
            return lastHandle;
        }
        Integer handle = open.get(name);
        if (handle == null) {
            handle = openOrMake(name);
            open.put(name, handle);
            if (!before.containsKey(name)) {
                before.put(name, linux.lstat(handle, Names.SELF));
            }
            closeOldest();
        }
        lastName = name;
        lastHandle = handle;
        return handle;
    }

    /** As {@link #directory}, but makes nothing: -1 when there is no such directory. */
    int existing(EntryName name) throws IOException {
        if (name.isRoot() || open.containsKey(name)) {
            return directory(name);
        }
        try {
            linux.close(linux.openat2(root, name.bytes(), FLAGS, 0, RESOLVE));
        } catch (LinuxException e) {
            if (e.errno() == Errno.ENOENT || e.errno() == Errno.ENOTDIR || e.errno() == Errno.ELOOP) {
                return -1;
            }
            throw e;
        }
        return directory(name);
    }

    /** How each directory was when it was first used here, by the name it was used by. */
    SortedMap<EntryName, FileStatus> before() {
        return before;
    }

    private int openOrMake(EntryName name) throws IOException {
        try {
            return linux.openat2(root, name.bytes(), FLAGS, 0, RESOLVE);
        } catch (LinuxException e) {
            if (e.errno() != Errno.ENOENT) {
                throw notADirectory(name, e);
            }
        }
        int parent = directory(name.parent());
        try {
            linux.mkdirat(parent, name.lastComponent(), 0755);
            linux.fchmodat(parent, name.lastComponent(), 0755);
            linux.utimensat(parent, name.lastComponent(), 0, 0);
            return linux.openat2(root, name.bytes(), FLAGS, 0, RESOLVE);
        } catch (LinuxException e) {
            throw notADirectory(name, e);
        }
    }

    private static IOException notADirectory(EntryName name, LinuxException e) {
        return switch (e.errno()) {
            case ENOTDIR, ELOOP, EEXIST, ENOENT ->
                new IOException("the layer puts entries into \"" + name + "\", which is not a directory", e);
            default -> e;
        };
    }

    private void closeOldest() throws LinuxException {
        if (open.size() > MOST) {
            Map.Entry<EntryName, Integer> oldest = open.entrySet().iterator().next();
            open.remove(oldest.getKey());
            linux.close(oldest.getValue());
        }
    }

    /** To be called when a name, and all below it, may have been removed or replaced. */
    void forgetBelow(EntryName name) throws LinuxException {
        if (open.keySet().stream().anyMatch(directory -> directory.isWithin(name))) {
            forget();
        }
    }

    /** To be called when a directory may have been removed or replaced. */
    void forget() throws LinuxException {
        lastName = EntryName.ROOT;
        lastHandle = root;
        for (int handle : open.values()) {
            linux.close(handle);
        }
        open.clear();
    }

    @Override
    public void close() throws LinuxException {
        forget();
    }
}
