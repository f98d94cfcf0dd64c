package org.jbuildah.engine;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jbuildah.engine.api.BuildRequest;
import org.jbuildah.engine.api.FailureCode;
import org.jbuildah.engine.api.ImageOptions;
import org.jbuildah.engine.api.ImageTimes;
import org.jbuildah.engine.api.RequestInvalid;
import org.jbuildah.engine.dockerfile.Dockerfile;
import org.jbuildah.engine.oci.Platform;
import org.jbuildah.engine.plan.Planner;

/**
 * {@code SOURCE_DATE_EPOCH} in its two forms, which stand for each other: an option of the request, and a build argument that stages may
 * declare. Where both are given, the argument's value is what stages see, and the option dates the image. Where neither is, an {@code ARG}
 * before the first {@code FROM} may have a default.
 *
 * @see <a href="https://docs.docker.com/build/ci/github-actions/reproducible-builds/">Docker: reproducible builds</a>
 */
record SourceDate(ImageOptions image, Map<String, String> args) {
    private static final String NAME = "SOURCE_DATE_EPOCH";

    /** @throws RequestInvalid if the argument is no number of seconds */
    static SourceDate of(BuildRequest request, Dockerfile dockerfile) {
        ImageTimes times = request.image().times();
        Map<String, String> args = new LinkedHashMap<>(request.args());
        String argument = args.containsKey(NAME) ? args.getOrDefault(NAME, "") : declared(dockerfile, args, request);
        if (times instanceof ImageTimes.SourceDateEpoch date) {
            args.putIfAbsent(NAME, String.valueOf(date.epoch().getEpochSecond()));
        } else if (times instanceof ImageTimes.AsMade && !argument.isEmpty()) {
            times = new ImageTimes.SourceDateEpoch(seconds(argument), false);
        }
        return new SourceDate(request.image().withTimes(times), args);
    }

    private static String declared(Dockerfile dockerfile, Map<String, String> args, BuildRequest request) {
        Platform platform = PlanRequests.platforms(request.stages()).get(0);
        return Planner.argsOfFromLines(dockerfile, args, platform).value(NAME).orElse("");
    }

    private static Instant seconds(String text) {
        try {
            return Instant.ofEpochSecond(Long.parseLong(text));
        } catch (NumberFormatException | DateTimeException e) {
            throw new RequestInvalid(
                    FailureCode.REQUEST_INVALID,
                    "The argument " + NAME + " is \"" + text + "\", which is no number of seconds.",
                    "It counts the seconds since 1970, such as those of the last commit's time.",
                    e);
        }
    }
}
