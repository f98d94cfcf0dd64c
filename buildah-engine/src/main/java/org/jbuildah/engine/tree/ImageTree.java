package org.jbuildah.engine.tree;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jbuildah.engine.content.ContentStore;
import org.jbuildah.engine.context.SourceTree;
import org.jbuildah.engine.layer.EntryName;
import org.jbuildah.engine.layer.EntryType;
import org.jbuildah.engine.layer.LayerEntry;
import org.jbuildah.engine.layer.LayerIndex.Indexed;
import org.jbuildah.engine.layer.LayerReader;
import org.jbuildah.engine.layer.SymlinkWalk;
import org.jbuildah.engine.oci.DiffId;
import org.jbuildah.engine.tree.MergedEntry.Leaf;
import org.jspecify.annotations.Nullable;

/**
 * The files of a stack of layers, whiteouts applied, merged lazily from the layers' indexes; no file is unpacked.
 *
 * <p>Law: its listing equals what a mounted snapshot of the same stack shows.
 */
public final class ImageTree implements SourceTree {
    /** The kernel stops at 40 symlinks; links of links come from no tool that means well. */
    private static final int MOST_LINKS_OF_LINKS = 40;

    private static final int LONGEST_USER_FILE = 16 << 20;

    private final LayerAccess access;
    private final List<DiffId> layers;
    private @Nullable List<MergedLayers> opened;

    ImageTree(LayerAccess access, List<DiffId> layers) {
        this.access = access;
        this.layers = List.copyOf(layers);
    }

    /** @param layers lowest first, all of them in the store; may be empty */
    public static ImageTree of(ContentStore store, List<DiffId> layers) {
        return new ImageTree(LayerAccess.of(store), layers);
    }

    /** Lowest first. */
    public List<DiffId> layers() {
        return layers;
    }

    @Override
    public Optional<LayerEntry> lookup(EntryName name) throws IOException {
        Optional<MergedEntry> found = all().find(name);
        return found.isPresent() && found.get() instanceof Leaf leaf
                ? Optional.of(realLeaf(leaf).stored().entry().withName(name))
                : found.map(MergedEntry::entry);
    }

    @Override
    public List<EntryName> children(EntryName directory) throws IOException {
        return all().children(directory);
    }

    @Override
    public InputStream open(EntryName file) throws IOException {
        Leaf leaf = existing(file);
        Indexed stored = leaf.stored();
        if (!stored.entry().isFile()) {
            throw new IOException("\"/" + file + "\" in the image is no regular file but a "
                    + stored.entry().type().name().toLowerCase(Locale.ROOT).replace('_', ' ') + ".");
        }
        if (stored.entry().size() == 0) {
            return InputStream.nullInputStream();
        }
        DiffId layer = leaf.layer().id();
        return stored.contentOffset() < 0
                ? openSparse(layer, stored.entry().name())
                : new TarSlice(
                        access.tar(layer),
                        stored.contentOffset(),
                        stored.entry().size(),
                        "\"/" + file + "\"");
    }

    @Override
    public Optional<Object> hardLinkIdentity(EntryName file) throws IOException {
        Optional<MergedEntry> found = all().find(file);
        if (found.isEmpty() || !(found.get() instanceof Leaf leaf)) {
            return Optional.empty();
        }
        Leaf real = realLeaf(leaf);
        EntryName own = real.stored().entry().name();
        boolean shared = leaf.entry().type() == EntryType.HARD_LINK;
        for (StackedLayer layer : all().topmostFirst()) {
            shared |= layer.place() >= real.layer().place() && layer.isHardLinkTarget(own);
        }
        return shared ? Optional.of(new HardLinkIdentity(real.layer().id(), own)) : Optional.empty();
    }

    /** The first name of a file, and the layer that has its content. */
    private record HardLinkIdentity(DiffId layer, EntryName name) {}

    /**
     * Follows symlinks in {@code path}, the last component included, never leaving the root ({@code ..} at the root stays there).
     * Components that do not exist are kept as they are.
     *
     * @param path as in the image, absolute or relative to its root; may hold {@code ..}
     * @return the name that the path stands for, whether or not something is there
     * @throws IOException after 255 symlinks, as for a loop
     */
    public EntryName resolve(String path) throws IOException {
        return new SymlinkWalk(this::lookup).resolve(path.getBytes(StandardCharsets.UTF_8));
    }

    /** As {@link #resolve(String)}, of a name: its bytes need not be UTF-8. */
    public EntryName resolve(EntryName name) throws IOException {
        return new SymlinkWalk(this::lookup).resolve(name.bytes());
    }

    /** The image's users and groups, from its {@code /etc/passwd} and {@code /etc/group}. */
    public Users users() throws IOException {
        return Users.parse(text("/etc/passwd"), text("/etc/group"));
    }

    private String text(String path) throws IOException {
        EntryName name = resolve(path);
        if (lookup(name).filter(LayerEntry::isFile).isEmpty()) {
            return "";
        }
        try (InputStream content = open(name)) {
            byte[] bytes = content.readNBytes(LONGEST_USER_FILE);
            if (bytes.length == LONGEST_USER_FILE) {
                throw new IOException("\"" + path + "\" of the image is longer than " + LONGEST_USER_FILE + " bytes.");
            }
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }

    private Leaf existing(EntryName name) throws IOException {
        Optional<MergedEntry> found = all().find(name);
        if (found.isEmpty()) {
            throw new IOException("\"/" + name + "\" does not exist in the image.");
        }
        if (found.get() instanceof Leaf leaf) {
            return realLeaf(leaf);
        }
        throw new IOException("\"/" + name + "\" in the image is a directory.");
    }

    /** A hard link means what its target was when the layer was applied: higher layers change the one name and not the other. */
    private Leaf realLeaf(Leaf start) throws IOException {
        Leaf leaf = start;
        for (int i = 0; leaf.stored().entry().type() == EntryType.HARD_LINK; i++) {
            byte[] target = leaf.stored().entry().linkTarget();
            Optional<Indexed> own = leaf.layer().index().find(EntryName.of(target));
            if (own.isPresent() && !own.get().entry().isDirectory()) {
                leaf = new Leaf(own.get().entry(), leaf.layer(), own.get());
            } else {
                MergedLayers view = opened().get(leaf.layer().place() + 1);
                // hard links of symlinks are not looked through here: they could lead back to this one
                EntryName name = new SymlinkWalk(at -> view.find(at).map(MergedEntry::entry)).resolveParent(target);
                leaf = view.find(name)
                        .filter(Leaf.class::isInstance)
                        .map(Leaf.class::cast)
                        .orElseThrow(() -> danglingLink(start));
            }
            if (i == MOST_LINKS_OF_LINKS) {
                throw danglingLink(start);
            }
        }
        return leaf;
    }

    private static IOException danglingLink(Leaf leaf) {
        return new IOException("The hard link \"/" + leaf.entry().name() + "\" of layer "
                + leaf.layer().id() + " leads to no file: \""
                + new String(leaf.entry().linkTarget(), StandardCharsets.UTF_8) + "\".");
    }

    /** The last entry of that name counts, so the tar is read twice: which one it is, and then up to it. Sparse files are rare. */
    private InputStream openSparse(DiffId layer, EntryName own) throws IOException {
        int wanted = 0;
        try (LayerReader reader = reader(layer)) {
            for (LayerEntry entry = reader.next(); entry != null; entry = reader.next()) {
                wanted += entry.name().equals(own) ? 1 : 0;
            }
        }
        LayerReader reader = reader(layer);
        try {
            int met = 0;
            while (met < wanted) {
                LayerEntry entry = reader.next();
                met += entry != null && entry.name().equals(own) ? 1 : 0;
            }
            return new ReadFromTar(reader);
        } catch (IOException failure) {
            reader.close();
            throw failure;
        }
    }

    private LayerReader reader(DiffId layer) throws IOException {
        FileChannel tar = access.tar(layer);
        return new LayerReader(Channels.newInputStream(tar));
    }

    private MergedLayers all() throws IOException {
        return opened().get(layers.size());
    }

    /** The views of the lowest 0, 1, 2… layers. */
    private synchronized List<MergedLayers> opened() throws IOException {
        if (opened == null) {
            List<MergedLayers> views = new ArrayList<>();
            List<StackedLayer> stack = new ArrayList<>();
            views.add(new MergedLayers(stack));
            for (DiffId layer : layers) {
                stack.add(StackedLayer.over(views.get(stack.size()), layer, access.index(layer)));
                views.add(new MergedLayers(stack));
            }
            opened = views;
        }
        return opened;
    }
}
