package org.jbuildah.engine.remote;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jbuildah.engine.build.BuildContexts;
import org.jbuildah.engine.context.ContentDigest;
import org.jbuildah.engine.context.SourceTree;
import org.jbuildah.engine.layer.EntryName;
import org.jbuildah.engine.layer.LayerEntry;
import org.jspecify.annotations.Nullable;

/** The trees that the container may look into, by number; each is opened when it first does. */
final class ServedTrees {
    private final ContentDigest digests;
    private final List<Served> trees = new ArrayList<>();

    ServedTrees(ContentDigest digests) {
        this.digests = digests;
    }

    /** Lets the container look into a tree. @return its number */
    synchronized int add(BuildContexts.Opening opening) {
        trees.add(new Served(opening));
        return trees.size() - 1;
    }

    private synchronized Served tree(int number) throws IOException {
        if (number < 0 || number >= trees.size()) {
            throw new IOException("there is no tree " + number);
        }
        return trees.get(number);
    }

    SourceTree files(int number) throws IOException, InterruptedException {
        return tree(number).files();
    }

    Answer.Known digest(Question.ContentDigest asked) throws IOException, InterruptedException {
        return new Answer.Known(digests.ofFile(files(asked.tree()), asked.file()));
    }

    Answer.Entries listing(Question.Listing asked) throws IOException, InterruptedException {
        Served tree = tree(asked.tree());
        SourceTree files = tree.files();
        List<Answer.Entry> entries = new ArrayList<>();
        if (asked.directory().isRoot()) {
            add(tree, EntryName.ROOT, entries);
        }
        for (EntryName child : files.children(asked.directory())) {
            add(tree, child, entries);
        }
        return new Answer.Entries(entries);
    }

    private static void add(Served tree, EntryName name, List<Answer.Entry> entries)
            throws IOException, InterruptedException {
        Optional<LayerEntry> entry = tree.files().lookup(name);
        if (entry.isPresent()) {
            Optional<Object> identity = entry.get().isFile() ? tree.files().hardLinkIdentity(name) : Optional.empty();
            entries.add(new Answer.Entry(entry.get(), identity.isPresent() ? tree.number(identity.get()) : null));
        }
    }

    private static final class Served {
        private final BuildContexts.Opening opening;
        private final Map<Object, Integer> hardLinks = new HashMap<>();
        private @Nullable SourceTree files;

        Served(BuildContexts.Opening opening) {
            this.opening = opening;
        }

        synchronized SourceTree files() throws IOException, InterruptedException {
            if (files == null) {
                files = opening.open();
            }
            return files;
        }

        synchronized int number(Object identity) {
            return hardLinks.computeIfAbsent(identity, any -> hardLinks.size());
        }
    }
}
