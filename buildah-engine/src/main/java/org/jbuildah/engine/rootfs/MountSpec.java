package org.jbuildah.engine.rootfs;

import java.util.List;
import org.jbuildah.engine.layer.EntryName;
import org.jbuildah.engine.oci.DiffId;
import org.jspecify.annotations.Nullable;

/**
 * Something laid over the root file system for one process and never committed. Mounts are made in the order of their list: what is
 * below another one's target comes after it.
 */
public sealed interface MountSpec {
    /** The absolute path inside the image; symlinks in it are followed inside the image only. */
    String target();

    /** A read-only file of root's with the given bytes, such as {@code /etc/resolv.conf}. */
    @SuppressWarnings("ArrayRecordComponent") // written out, never compared
    record GeneratedFile(String target, byte[] content, int mode) implements MountSpec {}

    /** A read-only file whose bytes nobody else may ever see: they are kept in memory only, and only as long as the process runs. */
    @SuppressWarnings("ArrayRecordComponent") // written out, never compared
    record SecretFile(String target, byte[] content, Access access) implements MountSpec {
        /** Says nothing of the content. */
        @Override
        public String toString() {
            return "SecretFile[" + target + "]";
        }
    }

    /**
     * An empty file system in memory.
     *
     * @param sizeInBytes the most that it takes; 0 for the kernel's default, half of the memory
     */
    record Tmpfs(String target, long sizeInBytes, boolean readOnly) implements MountSpec {}

    /** A file or directory out of a tree that the worker has to put up first. */
    sealed interface OfTree extends MountSpec {
        /** Where in the tree; no symlink is on the way. */
        EntryName source();

        /** Whether the source is a directory. */
        boolean directory();

        boolean readOnly();
    }

    /**
     * A part of an image's, a stage's or a context's files. What the process writes there is thrown away.
     *
     * @param layers lowest first; all of them are in the content store; may be empty
     */
    record OfLayers(String target, List<DiffId> layers, EntryName source, boolean directory, boolean readOnly)
            implements OfTree {
        public OfLayers {
            layers = List.copyOf(layers);
        }
    }

    /**
     * A directory that outlives the process and the build, for package caches and the like.
     *
     * @param id what tells it from others, beside {@code layers}, {@code seed} and {@code access}
     * @param layers of what it holds when it is new; usually none
     * @param seed the directory of {@code layers} that is copied into the new one
     * @param access of the directory when it is new; null for root's, 0755, or what {@code seed} has
     */
    record CacheDirectory(
            String target,
            String id,
            CacheSharing sharing,
            List<DiffId> layers,
            EntryName seed,
            @Nullable Access access,
            boolean readOnly)
            implements OfTree {
        public CacheDirectory {
            layers = List.copyOf(layers);
        }

        @Override
        public EntryName source() {
            return EntryName.ROOT;
        }

        @Override
        public boolean directory() {
            return true;
        }
    }

    /**
     * A socket that is connected to one of this machine, that of an ssh agent.
     *
     * @param socket the machine's, an absolute path
     */
    record AgentSocket(String target, String socket, Access access) implements MountSpec {}

    /**
     * A directory or file of the machine.
     *
     * @param path absolute
     */
    record OfHost(String target, String path, boolean directory, boolean readOnly) implements MountSpec {}
}
