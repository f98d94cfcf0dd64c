package org.jbuildah.engine.context;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import org.jbuildah.engine.layer.EntryName;
import org.jbuildah.engine.layer.LayerEntry;
import org.jbuildah.engine.oci.Digest;

/**
 * Files that COPY and ADD can select from: the build context (without what its ignore file excludes), or an image's files.
 *
 * <p>Laws: no method follows a symlink; {@link #children} is sorted by name bytes; a tree does not change while it is used; the root is a
 * directory. A
 * hard link is reported as {@link org.jbuildah.engine.layer.EntryType#FILE} by {@link #lookup}, with its size.
 */
public interface SourceTree {
    /** The entry of that name, itself and not what it points at. */
    Optional<LayerEntry> lookup(EntryName name) throws IOException;

    /** The names of what is directly inside a directory. */
    List<EntryName> children(EntryName directory) throws IOException;

    /** The content of a regular file. */
    InputStream open(EntryName file) throws IOException;

    /**
     * What tells two names of one file from two equal files: equal identities are hard links of each other.
     *
     * @return empty for a file with one name only
     */
    Optional<Object> hardLinkIdentity(EntryName file) throws IOException;

    /** Whether a file of another time is another file. It is where a server tells the time; a context's times change with each checkout. */
    default boolean timesCount() {
        return false;
    }

    /** The digest of a regular file's content, where it is known without reading the file. */
    default Optional<Digest> contentDigest(EntryName file) throws IOException {
        return Optional.empty();
    }

    /**
     * A text that differs once a file's content may differ, and is the same while it cannot.
     *
     * @return empty when the tree cannot tell without reading the file
     */
    default Optional<String> fingerprint(EntryName file) throws IOException {
        return Optional.empty();
    }

    /** Looks for the reason why a source word of {@code COPY} or {@code ADD} selects nothing here; empty where it is not a user's own files. */
    default Optional<NoMatch> explain(String word) throws IOException {
        return Optional.empty();
    }

    /**
     * This tree without what the patterns exclude, in the meaning of an ignore file.
     *
     * @param base the directory that the patterns are relative to; what lies elsewhere stays
     * @throws java.util.regex.PatternSyntaxException if one of them is not a pattern
     */
    default SourceTree excluding(EntryName base, List<String> patterns) {
        IgnorePatterns compiled = IgnorePatterns.of(patterns);
        return compiled.isEmpty() ? this : new FilteredTree(this, base, compiled);
    }
}
