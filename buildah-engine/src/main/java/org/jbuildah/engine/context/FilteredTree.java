package org.jbuildah.engine.context;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jbuildah.engine.layer.EntryName;
import org.jbuildah.engine.layer.LayerEntry;
import org.jbuildah.engine.oci.Digest;

/**
 * A tree without what a list of patterns excludes below one of its directories. An excluded directory is there all the same when something in it has been
 * taken back.
 */
final class FilteredTree implements SourceTree {
    private final SourceTree all;
    private final EntryName base;
    private final IgnorePatterns patterns;
    private final Map<EntryName, IgnorePatterns.Judgement> directories = new ConcurrentHashMap<>();
    private final Map<EntryName, Boolean> excludedDirectoryIsThere = new ConcurrentHashMap<>();

    /** @param base the directory that the patterns are relative to */
    FilteredTree(SourceTree all, EntryName base, IgnorePatterns patterns) {
        this.all = all;
        this.base = base;
        this.patterns = patterns;
    }

    @Override
    public Optional<LayerEntry> lookup(EntryName name) throws IOException {
        return isThere(name) ? all.lookup(name) : Optional.empty();
    }

    @Override
    public List<EntryName> children(EntryName directory) throws IOException {
        List<EntryName> there = new ArrayList<>();
        for (EntryName child : all.children(directory)) {
            if (isThere(child)) {
                there.add(child);
            }
        }
        return there;
    }

    @Override
    public InputStream open(EntryName file) throws IOException {
        if (!isThere(file)) {
            throw new NoSuchFileException(file.toString());
        }
        return all.open(file);
    }

    @Override
    public Optional<Object> hardLinkIdentity(EntryName file) throws IOException {
        return all.hardLinkIdentity(file);
    }

    @Override
    public boolean timesCount() {
        return all.timesCount();
    }

    @Override
    public Optional<Digest> contentDigest(EntryName file) throws IOException {
        return all.contentDigest(file);
    }

    @Override
    public Optional<String> fingerprint(EntryName file) throws IOException {
        return all.fingerprint(file);
    }

    private boolean isThere(EntryName name) throws IOException {
        if (name.equals(base) || !name.isWithin(base)) {
            return true;
        }
        EntryName relative = name.relativeTo(base);
        return !judgeBelow(relative).excluded() || hasTakenBack(name, relative);
    }

    private IgnorePatterns.Judgement judgeBelow(EntryName relative) {
        return patterns.judge(relative, judgeDirectory(relative.parent()));
    }

    private IgnorePatterns.Judgement judgeDirectory(EntryName relative) {
        IgnorePatterns.Judgement known = directories.get(relative);
        if (known != null) {
            return known;
        }
        // not computeIfAbsent: it must not change the map while it computes
        IgnorePatterns.Judgement judgement = relative.isRoot() ? patterns.atRoot() : judgeBelow(relative);
        directories.put(relative, judgement);
        return judgement;
    }

    private boolean hasTakenBack(EntryName name, EntryName relative) throws IOException {
        if (!patterns.mayTakeBackBelow(relative)) {
            return false;
        }
        Boolean known = excludedDirectoryIsThere.get(name);
        if (known != null) {
            return known;
        }
        boolean isDirectory = all.lookup(name).filter(LayerEntry::isDirectory).isPresent();
        boolean there = isDirectory && !children(name).isEmpty();
        excludedDirectoryIsThere.put(name, there);
        return there;
    }
}
