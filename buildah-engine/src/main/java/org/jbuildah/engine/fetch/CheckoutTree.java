package org.jbuildah.engine.fetch;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jbuildah.engine.context.BuildContext;
import org.jbuildah.engine.context.IgnoreFile;
import org.jbuildah.engine.context.SourceTree;
import org.jbuildah.engine.layer.EntryName;
import org.jbuildah.engine.layer.LayerEntry;

/** A checkout without what depends on the machine that made it: the umask, and the time at which git wrote each file. */
record CheckoutTree(SourceTree files, Instant time) implements SourceTree {
    static CheckoutTree of(Path directory, Instant time) {
        return new CheckoutTree(BuildContext.open(directory, IgnoreFile.none()), time);
    }

    @Override
    public Optional<LayerEntry> lookup(EntryName name) throws IOException {
        return files.lookup(name).map(entry -> {
            boolean executable = entry.isDirectory() || (entry.mode() & 0100) != 0;
            LayerEntry timed = entry.withMtime(time);
            return entry.isSymlink() ? timed : timed.withMode(executable ? 0755 : 0644);
        });
    }

    @Override
    public List<EntryName> children(EntryName directory) throws IOException {
        return files.children(directory);
    }

    @Override
    public InputStream open(EntryName file) throws IOException {
        return files.open(file);
    }

    @Override
    public Optional<Object> hardLinkIdentity(EntryName file) {
        return Optional.empty(); // git knows of none
    }
}
