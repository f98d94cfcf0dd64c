package org.jbuildah.engine.context;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Optional;
import org.jbuildah.engine.api.FailureCode;
import org.jbuildah.engine.api.RequestInvalid;
import org.jbuildah.engine.layer.EntryName;
import org.jbuildah.engine.layer.LayerEntry;

/** What stands for the build context of a Dockerfile that was given without one: a directory with nothing in it. */
public final class NoContext implements SourceTree {
    private final SourceTree nothing = TarTree.empty();

    @Override
    public Optional<LayerEntry> lookup(EntryName name) throws IOException {
        return nothing.lookup(name);
    }

    @Override
    public List<EntryName> children(EntryName directory) {
        return List.of();
    }

    @Override
    public InputStream open(EntryName file) throws IOException {
        throw new NoSuchFileException(file.toString());
    }

    @Override
    public Optional<Object> hardLinkIdentity(EntryName file) {
        return Optional.empty();
    }

    /** @throws RequestInvalid always: no spelling of the word would help */
    @Override
    public Optional<NoMatch> explain(String word) {
        throw new RequestInvalid(
                FailureCode.CONTEXT_NOT_FOUND,
                "There is no build context to find \"" + word + "\" in: the Dockerfile was given alone.",
                "Give the directory that holds the files, too: build -f - DIRECTORY reads the Dockerfile from standard input.");
    }
}
