package org.jbuildah.engine.transport;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jbuildah.engine.layer.EntryName;
import org.jbuildah.engine.layer.LayerEntry;
import org.jbuildah.engine.layer.LayerSource;
import org.jbuildah.engine.tree.ImageTree;

/** The files of an image one by one: a directory before what is in it, names sorted; of several names of a file the first has the content. */
final class FileWalk {
    private static final LayerSource NONE = java.io.InputStream::nullInputStream;

    private final ImageTree tree;
    private final Visitor visitor;
    private final Map<Object, EntryName> hardLinks = new HashMap<>();

    private FileWalk(ImageTree tree, Visitor visitor) {
        this.tree = tree;
        this.visitor = visitor;
    }

    /** Hears of each file. */
    interface Visitor {
        /** @param content empty unless the entry is a regular file */
        void file(LayerEntry entry, LayerSource content) throws IOException;

        /** All that is in a directory was told. */
        void left(LayerEntry directory) throws IOException;
    }

    /** Walks all but the root directory itself. */
    static void walk(ImageTree tree, Visitor visitor) throws IOException {
        new FileWalk(tree, visitor).children(EntryName.ROOT);
    }

    private void children(EntryName directory) throws IOException {
        for (EntryName name : tree.children(directory)) {
            Optional<LayerEntry> found = tree.lookup(name);
            if (found.isPresent()) {
                one(found.get().withName(name));
            }
        }
    }

    private void one(LayerEntry entry) throws IOException {
        EntryName name = entry.name();
        if (entry.isDirectory()) {
            visitor.file(entry, NONE);
            children(name);
            visitor.left(entry);
        } else if (entry.isFile()) {
            EntryName first = tree.hardLinkIdentity(name)
                    .map(identity -> hardLinks.putIfAbsent(identity, name))
                    .orElse(null);
            visitor.file(
                    first == null ? entry : entry.asHardLinkTo(first), first == null ? () -> tree.open(name) : NONE);
        } else {
            visitor.file(entry, NONE);
        }
    }
}
