package org.jbuildah.engine.layer;

import java.io.IOException;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Whether an entry of a layer from elsewhere may become a file of ours. Whoever indexes or unpacks such a layer asks here, so that both
 * see the same tree.
 *
 * <p>Law: nothing that a storage driver would take for its own bookkeeping comes through: no {@code overlay} xattr, no character device
 * 0:0 (a whiteout to overlay), no marker that names nothing.
 */
public sealed interface Admission {
    /** PATH_MAX: no system call takes a longer one. */
    int LONGEST_NAME = 4096;

    /** The entry enters, without the xattrs that belong to storage drivers. */
    record Kept(LayerEntry entry) implements Admission {}

    /** The entry is left out; the layer is as good without it. */
    record Dropped(String reason) implements Admission {}

    /** The archive, a layer or another, is hostile or broken: whoever reads it says which one it is. */
    record Refused(String reason) implements Admission {}

    static Admission of(LayerEntry entry) {
        if (entry.name().rawBytes().length >= LONGEST_NAME) {
            return new Refused("the name \"" + entry.name().toString().substring(0, 80) + "...\" has "
                    + entry.name().rawBytes().length + " bytes; the kernel takes less than " + LONGEST_NAME);
        }
        if (entry.name().isRoot() && !entry.isDirectory()) {
            return new Refused("an entry of type " + entry.type() + " without a name");
        }
        for (EntryName name = entry.name(); !name.isRoot(); name = name.parent()) {
            if (Whiteout.isReserved(name)) {
                return new Dropped("\"" + name + "\" is bookkeeping of AUFS");
            }
            boolean whole = name.equals(entry.name());
            if (Whiteout.isMarker(name) && (!whole || entry.isDirectory())) {
                return new Refused("\"" + entry.name() + "\": a directory bears the name of a whiteout");
            }
        }
        boolean marker = Whiteout.isMarker(entry.name());
        if (marker
                && !Whiteout.isOpaqueMarker(entry.name())
                && Whiteout.removedBy(entry.name()).isEmpty()) {
            return new Refused("the whiteout \"" + entry.name() + "\" names nothing that it could remove");
        }
        if (entry.type() == EntryType.CHARACTER_DEVICE && entry.deviceMajor() == 0 && entry.deviceMinor() == 0) {
            return new Dropped("\"" + entry.name() + "\" is a character device 0:0, which overlay takes for a removal");
        }
        if (entry.type() == EntryType.HARD_LINK && entry.linkTarget().length == 0) {
            return new Refused("the hard link \"" + entry.name() + "\" names no file");
        }
        return new Kept(withoutDriverXattrs(entry));
    }

    /**
     * The entry as it may enter; empty where it is dropped.
     *
     * @throws IOException where it is refused, with the reason
     */
    static Optional<LayerEntry> admit(LayerEntry entry) throws IOException {
        Admission admission = of(entry);
        if (admission instanceof Refused refused) {
            throw new IOException("hostile entry: " + refused.reason());
        }
        return admission instanceof Kept kept ? Optional.of(kept.entry()) : Optional.empty();
    }

    /** True for an xattr that overlay or fuse-overlayfs reads as an instruction, in whatever namespace. */
    static boolean isDriverXattr(String name) {
        String inNamespace = name.substring(name.indexOf('.') + 1);
        return inNamespace.startsWith("overlay.")
                || inNamespace.startsWith("overlay2.")
                || inNamespace.startsWith("fuseoverlayfs.")
                || inNamespace.startsWith("containers.");
    }

    private static LayerEntry withoutDriverXattrs(LayerEntry entry) {
        if (entry.xattrs().keySet().stream().noneMatch(Admission::isDriverXattr)) {
            return entry;
        }
        SortedMap<String, byte[]> others = new TreeMap<>(entry.xattrs());
        others.keySet().removeIf(Admission::isDriverXattr);
        return entry.withXattrs(others);
    }
}
