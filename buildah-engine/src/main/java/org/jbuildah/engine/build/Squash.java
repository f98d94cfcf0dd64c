package org.jbuildah.engine.build;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jbuildah.engine.cache.StepCache;
import org.jbuildah.engine.cache.StepKey;
import org.jbuildah.engine.cache.StepRecord;
import org.jbuildah.engine.content.ContentStore;
import org.jbuildah.engine.layer.EntryName;
import org.jbuildah.engine.layer.LayerEntry;
import org.jbuildah.engine.oci.DiffId;
import org.jbuildah.engine.oci.History;
import org.jbuildah.engine.tree.ImageTree;

/**
 * Makes one layer of several that lie on each other.
 *
 * <p>Law: over the layers below, the one shows the same files as the several; what comes and goes within them is not in it. Nothing is
 * unpacked.
 */
final class Squash {
    private final ContentStore store;
    private final StepCache cache;

    Squash(ContentStore store, StepCache cache) {
        this.store = store;
        this.cache = cache;
    }

    /** The image with one layer in place of those that the build made. */
    ImageDraft aboveBase(ImageDraft image) throws IOException {
        return squashed(image, image.base());
    }

    /** The image with one layer in all. */
    ImageDraft all(ImageDraft image) throws IOException {
        return squashed(image, new ImageDraft.Base(0, 0, image.base().annotations()));
    }

    private ImageDraft squashed(ImageDraft image, ImageDraft.Base below) throws IOException {
        List<DiffId> kept = image.layers().subList(0, below.layers());
        List<DiffId> upper =
                image.layers().subList(below.layers(), image.layers().size());
        if (upper.size() < 2) {
            return image;
        }
        StepKey key =
                StepKey.of("squash").with("below", kept).with("layers", upper).key();
        Optional<StepRecord> known = cache.find(key);
        DiffId layer = known.isPresent() ? known.get().layer() : written(image.layers(), kept, upper);
        if (known.isEmpty() && image.created() != null) {
            cache.remember(key, new StepRecord(layer, image.created()));
        }
        List<DiffId> layers = new ArrayList<>(kept);
        layers.add(layer);
        return image.withLayers(below, layers, oneLayered(image.history(), below.lines()));
    }

    /** The last line that made a layer stands for the one; all lines stay, since they say how it was made. */
    private static List<History> oneLayered(List<History> history, int kept) {
        List<History> lines = new ArrayList<>(history);
        boolean made = false;
        for (int i = lines.size() - 1; i >= kept; i--) {
            if (made) {
                lines.set(i, lines.get(i).withEmptyLayer(true));
            }
            made |= !lines.get(i).emptyLayer();
        }
        return lines;
    }

    private DiffId written(List<DiffId> all, List<DiffId> kept, List<DiffId> upper) throws IOException {
        ImageTree below = ImageTree.of(store, kept);
        LayerDraft draft = new LayerDraft(below);
        Merge merge = new Merge(ImageTree.of(store, all), ImageTree.of(store, upper), below, draft);
        merge.directory(EntryName.ROOT);
        return draft.write(store, java.time.Instant.EPOCH);
    }

    /** One walk: {@code upper} says which names the layers touch, {@code all} what became of them, {@code below} what they hide. */
    private record Merge(
            ImageTree all, ImageTree upper, ImageTree below, LayerDraft draft, Map<Object, EntryName> hardLinks) {
        Merge(ImageTree all, ImageTree upper, ImageTree below, LayerDraft draft) {
            this(all, upper, below, draft, new HashMap<>());
        }

        void directory(EntryName directory) throws IOException {
            Optional<LayerEntry> own = all.lookup(directory);
            if (own.isPresent()) {
                draft.put(own.get().withName(directory), null, "");
            }
            for (EntryName child : upper.children(directory)) {
                Optional<LayerEntry> entry = all.lookup(child);
                if (entry.isPresent() && entry.get().isDirectory()) {
                    directory(child);
                } else if (entry.isPresent()) {
                    leaf(child, entry.get());
                }
            }
            if (below.lookup(directory).filter(LayerEntry::isDirectory).isPresent()) {
                for (EntryName child : below.children(directory)) {
                    if (all.lookup(child).isEmpty()) {
                        draft.whiteout(child);
                    }
                }
            }
        }

        private void leaf(EntryName name, LayerEntry entry) throws IOException {
            if (!entry.isFile()) {
                draft.put(entry, null, "");
                return;
            }
            Optional<Object> identity = all.hardLinkIdentity(name);
            EntryName first = identity.isEmpty() ? null : hardLinks.putIfAbsent(identity.get(), name);
            if (first == null) {
                draft.put(entry, () -> all.open(name), "");
            } else {
                draft.put(entry.asHardLinkTo(first), null, "");
            }
        }
    }
}
