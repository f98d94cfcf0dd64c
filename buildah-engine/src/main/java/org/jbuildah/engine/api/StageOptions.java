package org.jbuildah.engine.api;

import java.util.List;
import org.jbuildah.engine.oci.Platform;
import org.jspecify.annotations.Nullable;

/**
 * Which stages are built, for what, and how many at a time.
 *
 * @param target the name or number of the stage that becomes the image; null for the last
 * @param platforms what the image is to run on; none for this machine's own
 * @param jobs how many stages are built at a time, 0 for as many as there are; it does not change what comes out
 * @param everyStage also the stages that the target does not need
 * @param allPlatforms in place of {@code platforms}: all that the base images are there for
 */
public record StageOptions(
        @Nullable String target, List<Platform> platforms, int jobs, boolean everyStage, boolean allPlatforms) {
    public static final StageOptions DEFAULT = new StageOptions(null, List.of(), 0, false, false);

    public StageOptions {
        platforms = List.copyOf(platforms);
        if (jobs < 0) {
            throw new RequestInvalid(
                    FailureCode.REQUEST_INVALID,
                    "The number of jobs is " + jobs + ", which is less than none.",
                    "Write how many stages may be built at a time, or 0 for no limit.");
        }
        if (allPlatforms && !platforms.isEmpty()) {
            throw new RequestInvalid(
                    FailureCode.REQUEST_INVALID,
                    "All platforms of the base images are asked for, and " + platforms.get(0) + " by name, too.",
                    "Leave one of them out.");
        }
    }

    /** True: what comes out is an index. */
    public boolean severalPlatforms() {
        return platforms.size() > 1;
    }

    public StageOptions withTarget(@Nullable String value) {
        return new StageOptions(value, platforms, jobs, everyStage, allPlatforms);
    }

    public StageOptions withPlatforms(List<Platform> value) {
        return new StageOptions(target, value, jobs, everyStage, allPlatforms);
    }

    public StageOptions withJobs(int value) {
        return new StageOptions(target, platforms, value, everyStage, allPlatforms);
    }

    public StageOptions withEveryStage(boolean value) {
        return new StageOptions(target, platforms, jobs, value, allPlatforms);
    }

    public StageOptions withAllPlatforms(boolean value) {
        return new StageOptions(target, platforms, jobs, everyStage, value);
    }
}
