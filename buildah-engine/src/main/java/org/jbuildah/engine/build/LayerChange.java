package org.jbuildah.engine.build;

import java.io.IOException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import org.jbuildah.engine.cache.StepKey;
import org.jbuildah.engine.cache.StepRecord;
import org.jbuildah.engine.content.ContentStore;
import org.jbuildah.engine.layer.LayerEntry;
import org.jbuildah.engine.oci.DiffId;

/**
 * A change that a {@link LayerDraft} describes in full: no process is needed to make it, and no clock. Its time is the newest of
 * what it writes, else the image's own, so that equal inputs give equal images.
 *
 * @param below the layers that the draft was resolved against; fewer than the image has where the change is to be independent of it
 */
record LayerChange(
        StepKey key, LayerDraft draft, List<DiffId> below, ContentStore store, StageState before, String createdBy)
        implements Step.Change {
    LayerChange {
        below = List.copyOf(below);
    }

    static LayerChange of(
            String kind, LayerDraft draft, List<DiffId> below, ContentStore store, StageState before, String createdBy)
            throws IOException {
        return new LayerChange(key(kind, draft, below), draft, below, store, before, createdBy);
    }

    /** Layers below (whose directories are repeated), and each entry with its content but without its time, unless the request says one. */
    private static StepKey key(String kind, LayerDraft draft, List<DiffId> below) throws IOException {
        StepKey.Builder key = StepKey.of(kind).with("layers", below);
        if (draft.times().changesFiles()) {
            key.with("times", draft.times().toString());
        }
        draft.visit(planned -> {
            LayerEntry entry = planned.entry();
            key.with("name", HexFormat.of().formatHex(entry.name().bytes()))
                    .with("type", entry.type().name())
                    .with("mode", Integer.toOctalString(entry.mode()))
                    .with("owner", entry.uid() + ":" + entry.gid())
                    .with("device", entry.deviceMajor() + ":" + entry.deviceMinor())
                    .with("target", HexFormat.of().formatHex(entry.linkTarget()))
                    .with("content", planned.contentDigest());
            entry.xattrs().forEach((name, value) -> key.with("xattr", name)
                    .with("value", HexFormat.of().formatHex(value)));
        });
        return key.key();
    }

    @Override
    public StepRecord make() throws IOException {
        // a layer that knows nothing of the image has no time from it either
        Instant base = below.isEmpty() ? null : before.image().created();
        Instant creation = draft.newestTime().orElse(base == null ? Instant.EPOCH : base);
        return new StepRecord(draft.write(store, creation), creation);
    }
}
