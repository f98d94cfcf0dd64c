package org.jbuildah.engine.context;

import java.nio.file.NoSuchFileException;

/** A source word without a wildcard names nothing, or a wildcard matched a symlink that leads nowhere. */
public final class SourceMissing extends NoSuchFileException {
    private static final long serialVersionUID = 1L;

    /** @param path absolute within the tree, such as {@code /target/app.jar} */
    SourceMissing(String path) {
        super(path);
    }

    /** The path that is not there, absolute within the tree. */
    public String path() {
        return getFile();
    }
}
