package org.jbuildah.maven.config;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jbuildah.engine.ContextWord;
import org.jbuildah.engine.api.BuildInput;
import org.jbuildah.engine.api.ContextSource;
import org.jbuildah.engine.api.FailureCode;
import org.jbuildah.engine.api.RequestInvalid;
import org.jbuildah.engine.api.StageOptions;
import org.jbuildah.engine.oci.Platform;
import org.jspecify.annotations.Nullable;

/** What is said about contexts, base and stages besides the context and the Dockerfile; whatever is not set has its default here. */
public final class SourceConfiguration {
    private Map<String, String> contexts = Map.of();
    private @Nullable Path ignoreFile;
    private @Nullable String baseImage;
    private @Nullable String platform;
    private int jobs;

    public SourceConfiguration contexts(@Nullable Map<String, String> value) {
        contexts = value == null ? Map.of() : new LinkedHashMap<>(value);
        return this;
    }

    public SourceConfiguration ignoreFile(@Nullable Path value) {
        ignoreFile = value;
        return this;
    }

    public SourceConfiguration baseImage(@Nullable String value) {
        baseImage = value;
        return this;
    }

    public SourceConfiguration platform(@Nullable String value) {
        platform = value;
        return this;
    }

    public SourceConfiguration jobs(int value) {
        jobs = value;
        return this;
    }

    /** @param base what relative paths begin at */
    BuildInput addedTo(BuildInput input, Path base) {
        Map<String, ContextSource> named = new LinkedHashMap<>();
        contexts.forEach((name, where) -> named.put(name, context(name, where, base)));
        return input.withNamedContexts(named)
                .withIgnoreFile(
                        ignoreFile == null ? null : base.resolve(ignoreFile).normalize())
                .withFirstBase(filled(baseImage));
    }

    // Maven gives null for an element without text
    private static ContextSource context(String name, @Nullable String where, Path base) {
        String word = filled(where);
        if (word == null) {
            throw new RequestInvalid(
                    FailureCode.REQUEST_INVALID,
                    "The context \"" + name + "\" in <contexts> is empty.",
                    "Write <" + name + ">DIRECTORY</" + name + ">, or docker-image://IMAGE in place of the directory.");
        }
        return ContextWord.parse(word, base);
    }

    StageOptions stages() {
        if (jobs < 0) {
            throw new RequestInvalid(
                    FailureCode.REQUEST_INVALID,
                    "<jobs> is " + jobs + ", which is less than none.",
                    "Write how many stages may be built at a time, or 0 for no limit.");
        }
        String word = filled(platform);
        return StageOptions.DEFAULT.withJobs(jobs).withPlatforms(word == null ? List.of() : List.of(parsed(word)));
    }

    private static Platform parsed(String word) {
        try {
            return Platform.parse(word);
        } catch (IllegalArgumentException wrong) {
            throw new RequestInvalid(
                    FailureCode.REQUEST_INVALID,
                    "<platform> is \"" + word + "\", which " + wrong.getMessage() + ".",
                    "Write, for example, <platform>linux/arm64</platform>.",
                    wrong);
        }
    }

    private static @Nullable String filled(@Nullable String word) {
        return word == null || word.isBlank() ? null : word.strip();
    }
}
