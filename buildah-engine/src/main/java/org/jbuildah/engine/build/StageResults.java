package org.jbuildah.engine.build;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jbuildah.engine.api.DockerfileInvalid;
import org.jbuildah.engine.api.FailureCode;
import org.jbuildah.engine.plan.Stage;
import org.jspecify.annotations.Nullable;

/**
 * What the stages of one build come to. Each stage is built once, by the thread that asks first; others that ask wait for it. A failure
 * is the answer to all who ask.
 */
final class StageResults {
    private final Builder builder;
    private final StageSlots slots;
    private final Map<Integer, CompletableFuture<StageState>> results = new HashMap<>();
    private final Map<Integer, Set<Integer>> needs = new HashMap<>();

    /** Builds one stage on the calling thread; may ask for other stages while it does. */
    interface Builder {
        StageState build(Stage stage) throws InterruptedException;
    }

    StageResults(Builder builder, StageSlots slots) {
        this.builder = builder;
        this.slots = slots;
    }

    /**
     * The result of a stage.
     *
     * @param by the stage whose building asks; null for the target's own
     * @throws DockerfileInvalid if {@code by} is needed for the stage itself, as only triggers of base images can bring about
     */
    StageState of(Stage stage, @Nullable Stage by) throws InterruptedException {
        CompletableFuture<StageState> result;
        boolean own = false;
        synchronized (this) {
            if (by != null) {
                refuseCircle(stage, by);
                needs.computeIfAbsent(by.index(), any -> new HashSet<>()).add(stage.index());
            }
            result = results.get(stage.index());
            if (result == null) {
                result = new CompletableFuture<>();
                results.put(stage.index(), result);
                own = true;
            }
        }
        if (own) {
            return built(stage, result);
        }
        return result.isDone() ? answer(result) : slots.lentOutWhile(result, StageResults::answer);
    }

    private StageState built(Stage stage, CompletableFuture<StageState> result) throws InterruptedException {
        try {
            StageState state = builder.build(stage);
            result.complete(state);
            return state;
        } catch (InterruptedException | RuntimeException | Error failure) {
            result.completeExceptionally(failure);
            throw failure;
        }
    }

    private static StageState answer(CompletableFuture<StageState> result) throws InterruptedException {
        try {
            return result.get();
        } catch (ExecutionException failed) {
            Throwable cause = failed.getCause();
            if (cause instanceof RuntimeException failure) {
                throw failure;
            }
            if (cause instanceof Error error) {
                throw error;
            }
            throw new InterruptedException("the stage that this one needs was given up");
        }
    }

    private void refuseCircle(Stage stage, Stage by) {
        Set<Integer> reached = new HashSet<>();
        List<Integer> ahead = new ArrayList<>(List.of(stage.index()));
        while (!ahead.isEmpty()) {
            int next = ahead.remove(ahead.size() - 1);
            if (next == by.index()) {
                throw new DockerfileInvalid(
                        FailureCode.STAGE_CYCLE,
                        "The stage \"" + by.label() + "\" needs its own result: it copies from \"" + stage.label()
                                + "\", which copies from it.",
                        "Triggers of a base image (ONBUILD) copy here, too; name the stages differently.");
            }
            if (reached.add(next)) {
                ahead.addAll(needs.getOrDefault(next, Set.of()));
            }
        }
    }
}
