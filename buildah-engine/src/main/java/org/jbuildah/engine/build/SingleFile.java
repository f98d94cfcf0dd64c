package org.jbuildah.engine.build;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jbuildah.engine.context.SourceSelection.Selected;
import org.jbuildah.engine.context.SourceTree;
import org.jbuildah.engine.fetch.Download;
import org.jbuildah.engine.layer.EntryName;
import org.jbuildah.engine.layer.LayerEntry;
import org.jbuildah.engine.layer.LayerSource;
import org.jbuildah.engine.oci.Digest;

/** A tree of one file, which came from elsewhere than a tree: a here-document, a download. It belongs to root. */
record SingleFile(LayerEntry entry, boolean timesCount, Digest content, LayerSource bytes) implements SourceTree {
    /** @param time of a file that has none by itself */
    static SingleFile inline(String name, int mode, Instant time, byte[] content) {
        LayerEntry entry = LayerEntry.file(EntryName.of(name), mode, 0, 0, content.length, time);
        return new SingleFile(entry, false, Digest.of(content), () -> new ByteArrayInputStream(content));
    }

    static SingleFile downloaded(String name, int mode, Download download, LayerSource bytes) {
        LayerEntry entry = LayerEntry.file(EntryName.of(name), mode, 0, 0, download.size(), download.modified());
        return new SingleFile(entry, true, download.digest(), bytes);
    }

    /** The file, as the only one that is selected. */
    Selected selected() {
        return new Selected(this, entry.name(), entry, entry.name(), List.of(), false);
    }

    @Override
    public Optional<LayerEntry> lookup(EntryName name) {
        return name.equals(entry.name()) ? Optional.of(entry) : Optional.empty();
    }

    @Override
    public List<EntryName> children(EntryName directory) {
        return directory.isRoot() ? List.of(entry.name()) : List.of();
    }

    @Override
    public InputStream open(EntryName file) throws IOException {
        if (!file.equals(entry.name())) {
            throw new NoSuchFileException(file.toString());
        }
        return bytes.open();
    }

    @Override
    public Optional<Object> hardLinkIdentity(EntryName file) {
        return Optional.empty();
    }

    @Override
    public Optional<Digest> contentDigest(EntryName file) {
        return Optional.of(content);
    }
}
