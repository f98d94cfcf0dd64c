package org.jbuildah.engine.cache;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jbuildah.engine.api.FailureCode;
import org.jbuildah.engine.api.RequestInvalid;
import org.jbuildah.engine.content.ContentStore;

/** The failed RUNs that a store keeps, until it is pruned. One whose layers are gone is none. */
public final class FailedRuns {
    private static final String KIND = "failed";

    private final ContentStore store;

    public FailedRuns(ContentStore store) {
        this.store = store;
    }

    /** @param run of layers that the store already has */
    public void keep(FailedRun run) throws IOException {
        store.record(KIND, run.id(), run.toBytes());
    }

    /** The last one first. */
    public List<FailedRun> all() throws IOException {
        List<FailedRun> all = new ArrayList<>();
        for (String key : store.recordKeys(KIND)) {
            Optional<FailedRun> run = store.record(KIND, key).flatMap(FailedRun::of);
            if (run.isPresent() && isThere(run.get())) {
                all.add(run.get());
            }
        }
        all.sort(Comparator.comparing(FailedRun::failed).reversed().thenComparing(FailedRun::id));
        return all;
    }

    private boolean isThere(FailedRun run) throws IOException {
        for (var layer : run.layers()) {
            if (store.index(layer).isEmpty()) {
                return false;
            }
        }
        return true;
    }

    /**
     * The one that a user means.
     *
     * @param id its id, or so much of its beginning that no other one begins so
     * @throws RequestInvalid if there is none, or more than one
     */
    public FailedRun find(String id) throws IOException {
        List<FailedRun> meant =
                all().stream().filter(run -> run.id().startsWith(id)).toList();
        if (meant.size() == 1 && !id.isEmpty()) {
            return meant.get(0);
        }
        throw new RequestInvalid(
                FailureCode.FAILED_RUN_NOT_FOUND,
                meant.isEmpty() || id.isEmpty()
                        ? "There is no failed RUN \"" + id + "\" in the store " + store.root() + "."
                        : "\"" + id + "\" is the beginning of " + meant.size() + " failed RUNs.",
                "\"jbuildah enter\" without an id lists what is kept: with --keep-failed, and until the next prune.");
    }
}
