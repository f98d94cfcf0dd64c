package org.jbuildah.engine.build;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jbuildah.engine.cache.StepRecord;
import org.jbuildah.engine.context.SourceSelection;
import org.jbuildah.engine.context.SourceTree;
import org.jbuildah.engine.tree.ImageTree;

/** The files of a named context as the only layer of an image, for a FROM that means the context. */
final class ContextLayer {
    private final BuildWorld world;
    private final String name;
    private final SourceTree files;

    ContextLayer(BuildWorld world, String name, SourceTree files) {
        this.world = world;
        this.name = name;
        this.files = files;
    }

    ImageDraft over(ImageDraft nothing) throws IOException, InterruptedException {
        LayerDraft draft = new LayerDraft(ImageTree.of(world.store(), List.of()));
        Placement placement = new Placement(draft, world.digests(), null, (mode, directory) -> mode);
        for (SourceSelection.Selected root : SourceSelection.of(files).select("/")) {
            placement.place(root, "/");
        }
        StageState before = new StageState(nothing, world.plan().graph().globalArgs(), false);
        LayerChange change = LayerChange.of("context", draft, List.of(), world.store(), before, "CONTEXT " + name);
        Optional<StepRecord> known = world.plan().useCache() ? world.cache().find(change.key()) : Optional.empty();
        StepRecord record = known.isPresent() ? known.get() : world.madeOnce(change);
        return nothing.withLayer(record, change.createdBy());
    }
}
