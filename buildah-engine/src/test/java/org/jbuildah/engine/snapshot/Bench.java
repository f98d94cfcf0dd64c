package org.jbuildah.engine.snapshot;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jbuildah.engine.content.ContentStore;
import org.jbuildah.engine.content.LayerSink;
import org.jbuildah.engine.layer.EntryName;
import org.jbuildah.engine.layer.EntryType;
import org.jbuildah.engine.layer.LayerEntry;
import org.jbuildah.engine.layer.LayerWriter;
import org.jbuildah.engine.linux.CloneFlag;
import org.jbuildah.engine.linux.FileStatus;
import org.jbuildah.engine.linux.IdMap;
import org.jbuildah.engine.linux.Linux;
import org.jbuildah.engine.linux.MountFlag;
import org.jbuildah.engine.linux.OpenFlag;
import org.jbuildah.engine.oci.Descriptor;
import org.jbuildah.engine.oci.DiffId;
import org.jbuildah.engine.oci.Digest;
import org.jbuildah.engine.tree.ImageTree;

/** A content store, a snapshot store over it, and a step that runs a shell script in a snapshot. */
final class Bench implements AutoCloseable {
    static final Instant TIME = Instant.ofEpochSecond(1_500_000_000);
    private static final String LAYER = "application/vnd.oci.image.layer.v1.tar";

    final Linux linux;
    final ContentStore content;
    SnapshotStore store;
    private final Driver driver;
    private final IdMap ids;

    interface Driver {
        SnapshotStore open(ContentStore content, Linux linux, IdMap ids) throws IOException;
    }

    Bench(Linux linux, Path root, IdMap ids, Driver driver) throws IOException {
        this.linux = linux;
        this.ids = ids;
        this.driver = driver;
        this.content = ContentStore.open(root);
        this.store = driver.open(content, linux, ids);
    }

    boolean singleId() {
        return ids.singleId();
    }

    void reopen() throws IOException {
        store.close();
        store = driver.open(content, linux, ids);
    }

    SnapshotStore another() throws IOException {
        return driver.open(content, linux, ids);
    }

    record Entry(LayerEntry head, byte[] bytes) {
        Entry owned(long uid, long gid) {
            return new Entry(head.withOwner(uid, gid), bytes);
        }

        Entry mode(int mode) {
            return new Entry(head.withMode(mode), bytes);
        }

        Entry xattr(String name, String value) {
            SortedMap<String, byte[]> xattrs = new TreeMap<>(head.xattrs());
            xattrs.put(name, value.getBytes(StandardCharsets.UTF_8));
            return new Entry(head.withXattrs(xattrs), bytes);
        }
    }

    static Entry directory(String name) {
        return new Entry(LayerEntry.directory(EntryName.of(name), 0755, 0, 0, TIME), new byte[0]);
    }

    static Entry file(String name, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return new Entry(LayerEntry.file(EntryName.of(name), 0644, 0, 0, bytes.length, TIME), bytes);
    }

    static Entry symlink(String name, String target) {
        byte[] bytes = target.getBytes(StandardCharsets.UTF_8);
        return new Entry(LayerEntry.symlink(EntryName.of(name), 0, 0, bytes, TIME), new byte[0]);
    }

    static Entry hardLink(String name, String target) {
        return new Entry(file(name, "").head().asHardLinkTo(EntryName.of(target)), new byte[0]);
    }

    static Entry fifo(String name) {
        LayerEntry fifo = new LayerEntry(
                EntryName.of(name), EntryType.FIFO, 0640, 0, 0, 0, TIME, new byte[0], 0, 0, new TreeMap<>());
        return new Entry(fifo, new byte[0]);
    }

    static Entry device(String name, int major, int minor) {
        LayerEntry device = new LayerEntry(
                EntryName.of(name),
                EntryType.CHARACTER_DEVICE,
                0666,
                0,
                0,
                0,
                TIME,
                new byte[0],
                major,
                minor,
                new TreeMap<>());
        return new Entry(device, new byte[0]);
    }

    /** A layer as we write them. */
    DiffId layer(Entry... entries) throws IOException {
        List<Entry> sorted = new ArrayList<>(List.of(entries));
        sorted.sort(Comparator.comparing(entry -> entry.head().name()));
        try (LayerSink sink = content.newLayer()) {
            for (Entry entry : sorted) {
                if (entry.head().isFile()) {
                    sink.write(entry.head(), () -> new ByteArrayInputStream(entry.bytes()));
                } else {
                    sink.write(entry.head());
                }
            }
            return sink.commit();
        }
    }

    /** A layer as others write them: in the order given. */
    DiffId foreign(Entry... entries) throws IOException {
        ByteArrayOutputStream tar = new ByteArrayOutputStream();
        try (LayerWriter writer = new LayerWriter(tar)) {
            for (Entry entry : entries) {
                if (entry.head().isFile()) {
                    writer.write(entry.head(), new ByteArrayInputStream(entry.bytes()));
                } else {
                    writer.write(entry.head());
                }
            }
        }
        byte[] bytes = tar.toByteArray();
        return content.ingest(new Descriptor(LAYER, Digest.of(bytes), bytes.length), new ByteArrayInputStream(bytes));
    }

    interface Work {
        void in(Path root) throws Exception;
    }

    /** Does something in a mounted snapshot, on a thread of its own with a mount namespace of its own. */
    void mounted(SnapshotStore.Snapshot snapshot, Work work) throws IOException {
        ThrowAwayThread.run("step", () -> {
            linux.unshare(CloneFlag.NEWNS | CloneFlag.FS);
            linux.mount("none", Names.utf8("/"), null, MountFlag.REC | MountFlag.PRIVATE, null);
            try {
                work.in(snapshot.mount());
            } catch (IOException | RuntimeException e) {
                throw e;
            } catch (Exception e) {
                throw new IOException(e);
            }
        });
    }

    static void shell(Path root, String script) throws Exception {
        Process process = new ProcessBuilder("/bin/sh", "-euc", "umask 022; " + script)
                .directory(root.toFile())
                .redirectErrorStream(true)
                .start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException("the script failed: " + output);
        }
    }

    /** Runs a script over a stack and commits. */
    DiffId run(List<DiffId> layers, String script) throws IOException {
        try (SnapshotStore.Snapshot snapshot = store.prepare(layers)) {
            mounted(snapshot, root -> shell(root, script));
            return snapshot.commit();
        }
    }

    /** What a process sees. */
    SortedMap<String, String> seen(List<DiffId> layers) throws IOException {
        SortedMap<String, String> seen = new TreeMap<>();
        try (SnapshotStore.Snapshot snapshot = store.prepare(layers)) {
            mounted(snapshot, root -> seen.putAll(listing(root)));
        }
        return seen;
    }

    /** Type, mode, owner, time, content and xattrs by name; the time of the root directory is nobody's business. */
    SortedMap<String, String> listing(Path root) throws IOException {
        SortedMap<String, String> listing = new TreeMap<>();
        list(Linux.AT_FDCWD, Names.utf8(root.toString()), "", listing);
        return listing;
    }

    /** What the indexes of a stack say that a process sees, without a mount and without the root directory. */
    SortedMap<String, String> told(List<DiffId> layers) throws IOException {
        SortedMap<String, String> told = new TreeMap<>();
        tell(ImageTree.of(content, layers), EntryName.ROOT, told);
        return told;
    }

    private void tell(ImageTree tree, EntryName directory, Map<String, String> into) throws IOException {
        for (EntryName child : tree.children(directory)) {
            LayerEntry entry = tree.lookup(child).orElseThrow();
            StringBuilder text = new StringBuilder();
            text.append(Integer.toOctalString(EntryMetadata.typeBits(entry.type()) | entry.mode()));
            // where there is one id, the disk knows no other
            text.append(singleId() ? " 0:0" : " " + entry.uid() + ":" + entry.gid());
            text.append(" @").append(entry.mtime().getEpochSecond());
            if (entry.isFile()) {
                try (InputStream bytes = tree.open(child)) {
                    text.append(" size ").append(entry.size());
                    text.append(' ').append(Digest.of(bytes.readAllBytes()).hex(), 0, 12);
                }
            } else if (entry.isSymlink()) {
                text.append(" -> ").append(new String(entry.linkTarget(), StandardCharsets.ISO_8859_1));
            } else if (!entry.isDirectory()) {
                text.append(" dev ").append(entry.deviceMajor()).append(':').append(entry.deviceMinor());
            }
            entry.xattrs().forEach((xattr, value) -> text.append(' ')
                    .append(xattr)
                    .append('=')
                    .append(HexFormat.of().formatHex(value)));
            into.put("/" + new String(child.bytes(), StandardCharsets.ISO_8859_1), text.toString());
            if (entry.isDirectory()) {
                tell(tree, child, into);
            }
        }
    }

    private void list(int parent, byte[] name, String path, Map<String, String> into) throws IOException {
        FileStatus status = linux.lstat(parent, name);
        StringBuilder text = new StringBuilder();
        text.append(Integer.toOctalString(status.mode()));
        text.append(' ').append(status.uid()).append(':').append(status.gid());
        if (!path.isEmpty()) {
            text.append(" @").append(status.mtimeSeconds());
        }
        int fd = -1;
        if (status.isDirectory() || status.isRegular()) {
            fd = linux.openat(parent, name, OpenFlag.RDONLY | OpenFlag.NOFOLLOW, 0);
        }
        if (status.isRegular()) {
            try (InputStream bytes = new OpenFile(linux, fd)) {
                text.append(" size ").append(status.size());
                text.append(' ').append(Digest.of(bytes.readAllBytes()).hex(), 0, 12);
            }
        } else if (status.isSymlink()) {
            text.append(" -> ").append(new String(linux.readlinkat(parent, name), StandardCharsets.ISO_8859_1));
        } else if (!status.isDirectory()) {
            text.append(" dev ").append(status.rdevMajor()).append(':').append(status.rdevMinor());
        }
        byte[] absolute = parent == Linux.AT_FDCWD ? name : Names.through(parent, name);
        linux.lgetxattrs(absolute).forEach((xattr, value) -> {
            if (!OverlayXattrs.ours(xattr)) { // an owner, which the layer has in its own way
                text.append(' ').append(xattr).append('=').append(HexFormat.of().formatHex(value));
            }
        });
        into.put(path, text.toString());
        if (status.isDirectory()) {
            for (byte[] child : linux.getdents(fd)) {
                list(fd, child, path + "/" + new String(child, StandardCharsets.ISO_8859_1), into);
            }
            linux.close(fd);
        }
    }

    /** The names of a layer's entries, in order, with a mark of their type. */
    List<String> entries(DiffId layer) throws IOException {
        List<String> names = new ArrayList<>();
        content.index(layer).orElseThrow().forEach(indexed -> names.add(name(indexed.entry())));
        return names;
    }

    private static String name(LayerEntry entry) {
        String name = new String(entry.name().bytes(), StandardCharsets.ISO_8859_1);
        return switch (entry.type()) {
            case DIRECTORY -> name + "/";
            case SYMLINK, HARD_LINK -> name + " -> " + new String(entry.linkTarget(), StandardCharsets.ISO_8859_1);
            default -> name;
        };
    }

    LayerEntry entry(DiffId layer, String name) throws IOException {
        return content.index(layer)
                .orElseThrow()
                .find(EntryName.of(name))
                .orElseThrow()
                .entry();
    }

    Path folder() throws IOException {
        try (var folders = Files.list(content.root().resolve("rootfs"))) {
            return folders.findFirst().orElseThrow();
        }
    }

    @Override
    public void close() {
        store.close();
        content.close();
    }
}
