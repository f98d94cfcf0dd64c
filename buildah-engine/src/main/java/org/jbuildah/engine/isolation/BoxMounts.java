package org.jbuildah.engine.isolation;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import org.jbuildah.engine.linux.Errno;
import org.jbuildah.engine.linux.Linux;
import org.jbuildah.engine.linux.LinuxException;
import org.jbuildah.engine.linux.MountAttribute;
import org.jbuildah.engine.linux.MountFlag;
import org.jbuildah.engine.linux.OpenFlag;
import org.jbuildah.engine.linux.ResolveFlag;
import org.jbuildah.engine.rootfs.MountSpec;

/**
 * What is laid over a step's root beside the usual furniture, on the step's own thread, in four acts: {@link #mountTrees}, {@link
 * #fill}, {@link #makePlaceholders}, {@link #place}.
 */
final class BoxMounts {
    /** A socket that the step will find, and the machine's that it stands for. */
    record Agent(ServerSocketChannel door, Path socket) {}

    private final Linux linux;
    private final List<MountSpec> mounts;
    private final IdentityHashMap<MountSpec, String> sources = new IdentityHashMap<>();
    private final List<Agent> agents = new ArrayList<>();

    BoxMounts(Linux linux, List<MountSpec> mounts) {
        this.linux = linux;
        this.mounts = mounts;
    }

    /** To be closed by the caller. */
    List<Agent> agents() {
        return agents;
    }

    /** In the thread's mount namespace, where they end with it. */
    void mountTrees(Trees trees) throws IOException {
        for (MountSpec mount : mounts) {
            if (mount instanceof MountSpec.OfTree tree) {
                sources.put(mount, trees.mount(tree).toString());
            }
        }
    }

    /** Puts files and sockets into the backstage. */
    void fill(Backstage backstage) throws IOException {
        for (MountSpec mount : mounts) {
            if (mount instanceof MountSpec.GeneratedFile file) {
                sources.put(mount, backstage.file(file.content(), file.mode()));
            } else if (mount instanceof MountSpec.SecretFile secret) {
                sources.put(mount, backstage.file(secret.content(), secret.access()));
            } else if (mount instanceof MountSpec.AgentSocket agent) {
                Backstage.Socket socket = backstage.socket(agent.access());
                agents.add(new Agent(socket.door(), Path.of(agent.socket())));
                sources.put(mount, socket.path());
            }
        }
    }

    /** In the root directory as it was given. */
    void makePlaceholders(Placeholders root) throws LinuxException {
        for (MountSpec mount : mounts) {
            // what is mounted below /dev finds its place in the tmpfs there, and not in the image
            if (!mount.target().startsWith("/dev/")) {
                makePlaceholder(root, mount);
            }
        }
    }

    private static void makePlaceholder(Placeholders places, MountSpec mount) throws LinuxException {
        if (isDirectory(mount)) {
            places.directory(mount.target());
        } else {
            places.file(mount.target());
        }
    }

    private static boolean isDirectory(MountSpec mount) {
        return mount instanceof MountSpec.Tmpfs
                || (mount instanceof MountSpec.OfTree tree && tree.directory())
                || (mount instanceof MountSpec.OfHost host && host.directory());
    }

    /** Mounts them, in order. */
    void place(int rootFd) throws IOException {
        for (MountSpec mount : mounts) {
            makePlace(rootFd, mount);
            try {
                place(rootFd, mount);
            } catch (LinuxException e) {
                if (e.errno() == Errno.ENOTDIR) {
                    String one = isDirectory(mount) ? "a directory" : "a file";
                    throw new IOException(
                            "What is to be mounted on " + mount.target() + " is " + one
                                    + ", and what the image has there is not",
                            e);
                }
                throw e;
            }
        }
    }

    /**
     * An earlier mount may cover what was made in the root. Then the place is made in that one, and there it stays: what is thrown away
     * takes it along, and a cache directory keeps it, as with BuildKit.
     */
    private void makePlace(int rootFd, MountSpec mount) throws IOException {
        MountPoint place = MountPoint.ifPresent(linux, rootFd, mount.target());
        if (place != null) {
            place.close();
            return;
        }
        try (Placeholders places = new Placeholders(linux, rootFd)) {
            makePlaceholder(places, mount);
        } catch (LinuxException e) {
            if (e.errno() == Errno.EROFS) {
                throw new IOException(
                        "There is no " + mount.target() + " to mount on, and it lies in what is mounted read-only", e);
            }
            throw e;
        }
    }

    private void place(int rootFd, MountSpec mount) throws LinuxException {
        if (mount instanceof MountSpec.Tmpfs tmpfs) {
            String size = tmpfs.sizeInBytes() > 0 ? ",size=" + tmpfs.sizeInBytes() : "";
            long flags = MountFlag.NOSUID | MountFlag.NODEV | (tmpfs.readOnly() ? MountFlag.RDONLY : 0);
            try (MountPoint place = MountPoint.in(linux, rootFd, tmpfs.target())) {
                place.mount("tmpfs", "tmpfs", flags, "mode=1777" + size);
            }
        } else if (mount instanceof MountSpec.OfTree tree) {
            placeTree(rootFd, tree);
        } else if (mount instanceof MountSpec.OfHost host) {
            long restrictions = MountAttribute.NOSUID | MountAttribute.NODEV | readOnly(host.readOnly());
            bind(rootFd, host.path(), MountFlag.BIND | MountFlag.REC, host.target(), restrictions);
        } else {
            long all = MountAttribute.RDONLY | MountAttribute.NOSUID | MountAttribute.NODEV;
            boolean program = mount instanceof MountSpec.GeneratedFile file && (file.mode() & 0111) != 0;
            String source = source(mount);
            bind(rootFd, source, MountFlag.BIND, mount.target(), program ? all : all | MountAttribute.NOEXEC);
        }
    }

    private void placeTree(int rootFd, MountSpec.OfTree tree) throws LinuxException {
        int treeFd = linux.openat(Linux.AT_FDCWD, source(tree).getBytes(UTF_8), OpenFlag.PATH | OpenFlag.DIRECTORY, 0);
        try {
            byte[] source =
                    tree.source().isRoot() ? new byte[] {'.'} : tree.source().bytes();
            int fd = linux.openat2(treeFd, source, OpenFlag.PATH, 0, ResolveFlag.IN_ROOT);
            try {
                bind(
                        rootFd,
                        "/proc/thread-self/fd/" + fd,
                        MountFlag.BIND,
                        tree.target(),
                        MountAttribute.NODEV | readOnly(tree.readOnly()));
            } finally {
                linux.close(fd);
            }
        } finally {
            linux.close(treeFd);
        }
    }

    private String source(MountSpec mount) {
        String source = sources.get(mount);
        if (source == null) {
            throw new IllegalStateException("nothing was put up for " + mount);
        }
        return source;
    }

    private static long readOnly(boolean readOnly) {
        return readOnly ? MountAttribute.RDONLY : 0;
    }

    private void bind(int rootFd, String source, long flags, String target, long restrictions) throws LinuxException {
        try (MountPoint place = MountPoint.in(linux, rootFd, target)) {
            place.mount(source, null, flags, null);
        }
        // opened anew, so that what was mounted is meant and not what lies below
        try (MountPoint place = MountPoint.in(linux, rootFd, target)) {
            place.restrict((flags & MountFlag.REC) != 0, restrictions);
        }
    }
}
