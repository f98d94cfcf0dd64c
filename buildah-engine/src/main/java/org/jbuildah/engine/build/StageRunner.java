package org.jbuildah.engine.build;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jbuildah.engine.api.BuildException;
import org.jbuildah.engine.api.FailureCode;
import org.jbuildah.engine.api.StepFailed;
import org.jbuildah.engine.cache.StepRecord;
import org.jbuildah.engine.dockerfile.Instruction;
import org.jbuildah.engine.dockerfile.WordLetter;
import org.jbuildah.engine.oci.Platform;
import org.jbuildah.engine.progress.BuildEvent;
import org.jbuildah.engine.progress.EventSink;

/** Runs one stage: a fold of its instructions over its state. */
final class StageRunner {
    private static final String OF_VARIABLES =
            "A variable has its value from an ENV or ARG above (with --build-arg, in a pom <args>); the manual's page"
                    + " \"Dockerfile support\" lists the forms of ${…}.";

    private final String stage;
    private final StepFactory steps;
    private final BuildWorld world;
    private final EventSink events;

    StageRunner(String stage, StepFactory steps, BuildWorld world) {
        this.stage = stage;
        this.steps = steps;
        this.world = world;
        this.events = world.events();
    }

    /** Folds the instructions; {@code tools} gives each its own view of the world by the step's number. */
    StageState run(StageState first, List<Instruction> instructions, ToolBox tools) throws InterruptedException {
        events.event(new BuildEvent.StageStarted(stage, instructions.size()));
        StageState state = first;
        for (int number = 1; number <= instructions.size(); number++) {
            if (Thread.interrupted()) {
                throw new InterruptedException("given up before step " + number + " of " + stage);
            }
            Instruction instruction = instructions.get(number - 1);
            Optional<Instruction> nextRun = instructions.subList(number - 1, instructions.size()).stream()
                    .filter(Instruction.Run.class::isInstance)
                    .findFirst();
            state = step(state, instruction, number, instructions.size(), nextRun, tools.forStep(number));
        }
        return state;
    }

    private StageState step(
            StageState before,
            Instruction instruction,
            int number,
            int steps,
            Optional<Instruction> nextRun,
            StepTools tools)
            throws InterruptedException {
        long began = System.nanoTime();
        events.event(new BuildEvent.StepStarted(stage, number, steps, instruction.text(), instruction.source()));
        try {
            StageState after = apply(instruction.accept(this.steps), before, number, nextRun, tools);
            events.event(new BuildEvent.StepFinished(stage, number, Duration.ofNanos(System.nanoTime() - began)));
            return after;
        } catch (BuildException failure) {
            throw failure.at(instruction.source());
        } catch (IllegalArgumentException badWord) {
            throw WordLetter.of(badWord, OF_VARIABLES).at(instruction.source());
        } catch (IOException failure) {
            throw new StepFailed(FailureCode.STEP_IO, String.valueOf(failure.getMessage()), "", failure)
                    .at(instruction.source());
        }
    }

    private StageState apply(Step step, StageState before, int number, Optional<Instruction> nextRun, StepTools tools)
            throws IOException, InterruptedException {
        if (step instanceof Step.OfConfig config) {
            return config.apply(before);
        }
        Step.Resolution resolution = ((Step.OfLayer) step).resolve(before, tools);
        if (resolution instanceof Step.Settled settled) {
            return settled.after();
        }
        Step.Change change = (Step.Change) resolution;
        Optional<StepRecord> hit = world.plan().useCache() ? change.known(world.cache()) : Optional.empty();
        if (hit.isPresent()) {
            events.event(new BuildEvent.StepCached(stage, number));
            return change.before().withLayer(hit.get(), change.createdBy());
        }
        if (nextRun.isPresent()) {
            getReadyFor(nextRun.get(), before.image().platform());
        }
        StepRecord record = world.madeOnce(change);
        return change.before().withLayer(record, change.createdBy());
    }

    /** A miss makes every later RUN of the stage a miss: the worker's start hides behind the steps before it. */
    private void getReadyFor(Instruction run, Platform platform) {
        try {
            world.worker().require(platform);
            world.worker().startSoon();
        } catch (BuildException cannot) {
            throw cannot.at(run.source());
        }
    }

    /** Hands out the tools of each step. */
    interface ToolBox {
        StepTools forStep(int number);
    }
}
