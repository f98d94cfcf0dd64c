package org.jbuildah.engine.tree;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jbuildah.engine.layer.EntryName;
import org.jbuildah.engine.layer.LayerEntry;
import org.jbuildah.engine.layer.LayerIndex;
import org.jbuildah.engine.layer.SymlinkWalk;
import org.jbuildah.engine.layer.Whiteout;
import org.jbuildah.engine.oci.DiffId;
import org.jspecify.annotations.Nullable;

/**
 * One layer at its place in a stack.
 *
 * <p>A layer may hold {@code bin/tool} and no {@code bin}, over a layer where {@code bin} is a symlink to {@code usr/bin}. It is applied
 * as if it were unpacked there: the file becomes {@code usr/bin/tool}. Such directories are called moved.
 */
final class StackedLayer {
    private final DiffId id;
    private final int place;
    private final LayerIndex index;
    private final Map<EntryName, EntryName> moved = new HashMap<>();
    private final Map<EntryName, List<EntryName>> movedTo = new HashMap<>();
    private @Nullable Set<EntryName> hardLinkTargets;

    private StackedLayer(DiffId id, int place, LayerIndex index) {
        this.id = id;
        this.place = place;
        this.index = index;
    }

    /** @param below what the layers below it show */
    static StackedLayer over(MergedLayers below, DiffId id, LayerIndex index) throws IOException {
        StackedLayer layer = new StackedLayer(id, below.size(), index);
        if (index.hasImplicitParents()) {
            layer.findMoved(below);
        }
        return layer;
    }

    DiffId id() {
        return id;
    }

    int place() {
        return place;
    }

    LayerIndex index() {
        return index;
    }

    boolean isMoved(EntryName own) {
        return moved.containsKey(own);
    }

    /** The layer's directories whose contents are seen in {@code directory} though the layer says otherwise. */
    List<EntryName> movedTo(EntryName directory) {
        return movedTo.getOrDefault(directory, List.of());
    }

    boolean removes(EntryName own) throws IOException {
        return index.hasWhiteouts() && index.find(Whiteout.markerFor(own)).isPresent();
    }

    boolean isOpaque(EntryName ownDirectory) throws IOException {
        return index.hasWhiteouts()
                && index.find(Whiteout.opaqueMarkerIn(ownDirectory)).isPresent();
    }

    /** True for a directory that the layer shows only by what it holds inside of it. */
    boolean implies(EntryName own) throws IOException {
        return index.hasImplicitParents() && !isMoved(own) && index.hasInside(own);
    }

    synchronized boolean isHardLinkTarget(EntryName own) throws IOException {
        if (hardLinkTargets == null) {
            hardLinkTargets = index.hardLinkTargets();
        }
        return hardLinkTargets.contains(own);
    }

    private void findMoved(MergedLayers below) throws IOException {
        SymlinkWalk walk = new SymlinkWalk(name -> visibleWhileUnpacking(name, below));
        for (EntryName directory : index.implicitDirectories()) { // parents come first
            EntryName here = placeOf(directory.parent()).resolve(EntryName.of(directory.lastComponent()));
            Optional<LayerEntry> found = visibleWhileUnpacking(here, below);
            if (found.filter(LayerEntry::isSymlink).isPresent()) {
                EntryName real = walk.resolve(here.bytes());
                if (isDirectory(real, below)) {
                    moved.put(directory, real);
                    movedTo.computeIfAbsent(real, any -> new ArrayList<>()).add(directory);
                }
            }
        }
    }

    /** Where a directory of this layer is seen, as far as it is known that something above it moved. */
    private EntryName placeOf(EntryName own) {
        for (EntryName at = own; !at.isRoot(); at = at.parent()) {
            EntryName place = moved.get(at);
            if (place != null) {
                return place.resolve(own.relativeTo(at));
            }
        }
        return own;
    }

    private boolean isDirectory(EntryName name, MergedLayers below) throws IOException {
        return name.isRoot()
                || visibleWhileUnpacking(name, below)
                        .filter(LayerEntry::isDirectory)
                        .isPresent();
    }

    private Optional<LayerEntry> visibleWhileUnpacking(EntryName name, MergedLayers below) throws IOException {
        Optional<LayerIndex.Indexed> own = index.find(name);
        if (own.isPresent()) {
            return own.map(LayerIndex.Indexed::entry);
        }
        return hidesBelow(name) ? Optional.empty() : below.find(name).map(MergedEntry::entry);
    }

    private boolean hidesBelow(EntryName name) throws IOException {
        boolean hides = false;
        for (EntryName at = name; index.hasWhiteouts() && !hides && !at.isRoot(); at = at.parent()) {
            hides = removes(at) || isOpaque(at.parent());
        }
        return hides;
    }
}
