package org.jbuildah.engine.context;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.jbuildah.engine.layer.Admission;
import org.jbuildah.engine.layer.EntryName;
import org.jbuildah.engine.layer.EntryType;
import org.jbuildah.engine.layer.LayerEntry;
import org.jbuildah.engine.layer.LayerReader;
import org.jspecify.annotations.Nullable;

/**
 * The files of a tar archive, none of them unpacked: entries are kept in memory, their contents one after another in one file.
 *
 * <p>Laws: of several entries with one name the last counts; modes, owners, times and hard links are the archive's; a directory that
 * only its contents imply is 0755 and root's; an archive whose entries lie outside of it, or behind one of its own symlinks, is refused.
 */
public final class TarTree implements SourceTree {
    private static final int DIRECTORY_MODE = 0755;

    private final NavigableMap<EntryName, Node> nodes = new TreeMap<>();
    private final Map<EntryName, NavigableMap<EntryName, Boolean>> children = new HashMap<>();
    private final Path contents;

    /**
     * An entry.
     *
     * @param offset of its content in the file of contents
     * @param hardLinks the first name of a file with several; null for a file with one
     */
    private record Node(LayerEntry entry, long offset, @Nullable EntryName hardLinks) {}

    private TarTree(Path contents) {
        this.contents = contents;
        nodes.put(EntryName.ROOT, implied(EntryName.ROOT));
    }

    /** No files. */
    public static TarTree empty() {
        return new TarTree(Path.of(""));
    }

    /**
     * Reads an archive to its end.
     *
     * @param tar uncompressed; is closed
     * @param contents a file that is made, and must stay as long as the tree is used
     * @throws IOException if the archive cannot be read or is hostile; says why
     */
    public static TarTree read(InputStream tar, Path contents) throws IOException {
        TarTree tree = new TarTree(contents);
        try (LayerReader reader = new LayerReader(tar);
                OutputStream out = Files.newOutputStream(contents)) {
            long offset = 0;
            for (LayerEntry entry = reader.next(); entry != null; entry = reader.next()) {
                Optional<LayerEntry> admitted = Admission.admit(entry);
                if (admitted.isPresent()) {
                    long size = admitted.get().isFile() ? reader.content().transferTo(out) : 0;
                    tree.add(admitted.get(), offset);
                    offset += size;
                }
            }
        }
        return tree;
    }

    private void add(LayerEntry entry, long offset) throws IOException {
        EntryName name = entry.name();
        if (name.isRoot()) {
            if (!entry.isDirectory()) {
                throw new IOException("its root is no directory");
            }
            nodes.put(name, new Node(entry, 0, null));
            return;
        }
        makeParents(name);
        if (entry.type() == EntryType.HARD_LINK) {
            link(entry);
            return;
        }
        if (!entry.isDirectory()) {
            removeBelow(name);
        }
        put(new Node(entry, offset, null));
    }

    private void makeParents(EntryName name) throws IOException {
        EntryName parent = name.parent();
        Node there = nodes.get(parent);
        if (there == null) {
            makeParents(parent);
            put(implied(parent));
        } else if (!there.entry().isDirectory()) {
            throw new IOException("the entry \"" + name + "\" lies below \"" + parent + "\", which is no directory");
        }
    }

    private static Node implied(EntryName directory) {
        return new Node(LayerEntry.directory(directory, DIRECTORY_MODE, 0, 0, Instant.EPOCH), 0, null);
    }

    private void link(LayerEntry link) throws IOException {
        EntryName target = EntryName.of(link.linkTarget());
        Node there = nodes.get(target);
        if (there == null || there.entry().isDirectory()) {
            throw new IOException("the hard link \"" + link.name() + "\" names \"" + target + "\", which is no file");
        }
        if (target.equals(link.name())) {
            return;
        }
        removeBelow(link.name());
        EntryName first = there.hardLinks() == null ? target : there.hardLinks();
        put(new Node(there.entry(), there.offset(), first));
        put(new Node(there.entry().withName(link.name()), there.offset(), first));
    }

    private void put(Node node) {
        EntryName name = node.entry().name();
        nodes.put(name, node);
        children.computeIfAbsent(name.parent(), any -> new TreeMap<>()).put(name, true);
    }

    private void removeBelow(EntryName name) {
        NavigableMap<EntryName, Boolean> below = children.remove(name);
        if (below != null) {
            below.keySet().forEach(child -> {
                removeBelow(child);
                nodes.remove(child);
            });
        }
    }

    @Override
    public Optional<LayerEntry> lookup(EntryName name) {
        return Optional.ofNullable(nodes.get(name)).map(Node::entry);
    }

    @Override
    public List<EntryName> children(EntryName directory) {
        return List.copyOf(children.getOrDefault(directory, new TreeMap<>()).keySet());
    }

    @Override
    public InputStream open(EntryName file) throws IOException {
        Node node = nodes.get(file);
        if (node == null || !node.entry().isFile()) {
            throw new NoSuchFileException(file.toString());
        }
        FileChannel channel = FileChannel.open(contents, StandardOpenOption.READ);
        channel.position(node.offset());
        return new BoundedInput(Channels.newInputStream(channel), node.entry().size());
    }

    @Override
    public Optional<Object> hardLinkIdentity(EntryName file) {
        return Optional.ofNullable(nodes.get(file)).map(Node::hardLinks);
    }
}
