package org.jbuildah.engine.tree;

import java.util.List;
import org.jbuildah.engine.layer.EntryName;
import org.jbuildah.engine.layer.LayerEntry;
import org.jbuildah.engine.layer.LayerIndex;

/** What a stack of layers shows at one name. */
sealed interface MergedEntry {
    /** As the deciding layer says it; its name is that in the tree. */
    LayerEntry entry();

    /** Anything but a directory: one layer's alone, with the name it has in that layer. */
    record Leaf(LayerEntry entry, StackedLayer layer, LayerIndex.Indexed stored) implements MergedEntry {}

    /** A directory, of which several layers may hold a part. */
    record Directory(LayerEntry entry, List<Part> parts) implements MergedEntry {}

    /** The directory in a layer, under its name there, whose contents are seen; topmost first in a list. */
    record Part(StackedLayer layer, EntryName name) {}
}
