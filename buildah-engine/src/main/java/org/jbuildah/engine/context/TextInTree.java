package org.jbuildah.engine.context;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.jbuildah.engine.layer.EntryName;
import org.jbuildah.engine.layer.LayerEntry;

/** Files of a context that the builder itself reads: the Dockerfile, the ignore file. */
public final class TextInTree {
    private static final int LONGEST = 64 << 20;

    private TextInTree() {}

    /**
     * The bytes of a file, symlinks followed within the tree.
     *
     * @param path with slashes, from the tree's root
     * @return empty where there is no file of that name
     */
    public static Optional<byte[]> read(SourceTree tree, String path) throws IOException {
        EntryName name = SourceSelection.of(tree)
                .resolve(EntryName.of(SlashPath.clean("/" + path).substring(1)));
        if (tree.lookup(name).filter(LayerEntry::isFile).isEmpty()) {
            return Optional.empty();
        }
        try (InputStream content = tree.open(name)) {
            byte[] bytes = content.readNBytes(LONGEST);
            if (bytes.length == LONGEST) {
                throw new IOException("\"" + path + "\" is longer than " + LONGEST + " bytes");
            }
            return Optional.of(bytes);
        }
    }
}
