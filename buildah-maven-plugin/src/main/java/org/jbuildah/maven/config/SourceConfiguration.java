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
    private List<String> platforms = List.of();
    private boolean allPlatforms;
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

    public SourceConfiguration platforms(@Nullable List<String> value) {
        platforms = value == null ? List.of() : List.copyOf(value);
        return this;
    }

    public SourceConfiguration allPlatforms(boolean value) {
        allPlatforms = value;
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
        return StageOptions.DEFAULT.withJobs(jobs).withPlatforms(wanted()).withAllPlatforms(allPlatforms);
    }

    private List<Platform> wanted() {
        String word = filled(platform);
        if (word == null) {
            return platforms.stream()
                    .map(each -> parsed("platforms", each.strip()))
                    .distinct()
                    .toList();
        }
        if (!platforms.isEmpty()) {
            throw new RequestInvalid(
                    FailureCode.REQUEST_INVALID,
                    "<platform> and <platforms> ask for the same thing.",
                    "Leave one of them out.");
        }
        return List.of(parsed("platform", word));
    }

    private static Platform parsed(String parameter, String word) {
        try {
            return Platform.parse(word);
        } catch (IllegalArgumentException wrong) {
            throw new RequestInvalid(
                    FailureCode.REQUEST_INVALID,
                    "<" + parameter + "> is \"" + word + "\", which " + wrong.getMessage() + ".",
                    "Write, for example, <platform>linux/arm64</platform>, or a <platform> in <platforms> for each.",
                    wrong);
        }
    }

    private static @Nullable String filled(@Nullable String word) {
        return word == null || word.isBlank() ? null : word.strip();
    }
}
