package org.jbuildah.engine.remote;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NotDirectoryException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jbuildah.engine.context.NoMatch;
import org.jbuildah.engine.context.SourceTree;
import org.jbuildah.engine.layer.EntryName;
import org.jbuildah.engine.layer.LayerEntry;
import org.jbuildah.engine.oci.Digest;

/**
 * Files of the other side. A directory is asked for once, as a tree does not change while it is used; a file's content only when the
 * cache does not have what is made of it.
 */
final class AskedTree implements SourceTree {
    private final Channel channel;
    private final int number;
    private final Map<EntryName, Map<EntryName, Answer.Entry>> directories = new ConcurrentHashMap<>();

    AskedTree(Channel channel, int number) {
        this.channel = channel;
        this.number = number;
    }

    @Override
    public Optional<LayerEntry> lookup(EntryName name) throws IOException {
        return found(name).map(Answer.Entry::entry);
    }

    private Optional<Answer.Entry> found(EntryName name) throws IOException {
        if (name.isRoot()) {
            return Optional.ofNullable(inside(EntryName.ROOT).get(EntryName.ROOT));
        }
        EntryName parent = name.parent();
        if (!parent.isRoot() && lookup(parent).filter(LayerEntry::isDirectory).isEmpty()) {
            return Optional.empty();
        }
        return Optional.ofNullable(inside(parent).get(name));
    }

    /** What is in a directory; in the root, the root itself too. */
    private Map<EntryName, Answer.Entry> inside(EntryName directory) throws IOException {
        Map<EntryName, Answer.Entry> known = directories.get(directory);
        if (known != null) {
            return known;
        }
        Map<EntryName, Answer.Entry> entries = new LinkedHashMap<>();
        for (Answer.Entry entry :
                channel.askForFiles(new Question.Listing(number, directory)).entries()) {
            entries.put(entry.entry().name(), entry);
        }
        directories.put(directory, entries);
        return entries;
    }

    @Override
    public List<EntryName> children(EntryName directory) throws IOException {
        if (lookup(directory).filter(LayerEntry::isDirectory).isEmpty()) {
            throw new NotDirectoryException(directory.toString());
        }
        return inside(directory).keySet().stream()
                .filter(name -> !name.isRoot())
                .toList();
    }

    @Override
    public InputStream open(EntryName file) throws IOException {
        return AskedBytes.of(channel, new Question.Open(number, file));
    }

    @Override
    public Optional<Object> hardLinkIdentity(EntryName file) throws IOException {
        return found(file).map(Answer.Entry::hardLink);
    }

    @Override
    public Optional<Digest> contentDigest(EntryName file) throws IOException {
        return Optional.of(
                channel.askForFiles(new Question.ContentDigest(number, file)).digest());
    }

    @Override
    public Optional<NoMatch> explain(String word) throws IOException {
        return channel.askForFiles(new Question.Explain(number, word)).reason();
    }
}
