package org.jbuildah.engine.api;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a build reads: the Dockerfile and the files.
 *
 * @param context the build context
 * @param dockerfile null for the one of {@link #DOCKERFILE_NAMES} that is in the context
 * @param furtherDockerfiles read one after another behind it, as one text
 * @param ignoreFile what of the context is left out; null for the ignore file beside the Dockerfile, else the context's own
 * @param namedContexts by name; each stands for the stage or the image of that name, in {@code FROM} and in {@code --from}
 * @param firstBase the image in place of the one that the first FROM names; null for that one
 */
public record BuildInput(
        ContextSource context,
        @Nullable DockerfileSource dockerfile,
        List<DockerfileSource> furtherDockerfiles,
        @Nullable Path ignoreFile,
        Map<String, ContextSource> namedContexts,
        @Nullable String firstBase) {
    /** What a Dockerfile that nobody names is called; the first that is there counts. buildah's two, then one of BuildKit's. */
    public static final List<String> DOCKERFILE_NAMES = List.of("Dockerfile", "Containerfile", "dockerfile");

    public BuildInput {
        furtherDockerfiles = List.copyOf(furtherDockerfiles);
        namedContexts = Collections.unmodifiableMap(new LinkedHashMap<>(namedContexts));
    }

    /** A context, its own Dockerfile and its own ignore file. */
    public static BuildInput of(ContextSource context) {
        return new BuildInput(context, null, List.of(), null, Map.of(), null);
    }

    public BuildInput withDockerfile(@Nullable DockerfileSource value) {
        return new BuildInput(context, value, furtherDockerfiles, ignoreFile, namedContexts, firstBase);
    }

    /** Dockerfiles that are read behind the first. */
    public BuildInput withFurtherDockerfiles(List<DockerfileSource> value) {
        return new BuildInput(context, dockerfile, value, ignoreFile, namedContexts, firstBase);
    }

    public BuildInput withIgnoreFile(@Nullable Path value) {
        return new BuildInput(context, dockerfile, furtherDockerfiles, value, namedContexts, firstBase);
    }

    public BuildInput withNamedContexts(Map<String, ContextSource> value) {
        return new BuildInput(context, dockerfile, furtherDockerfiles, ignoreFile, value, firstBase);
    }

    public BuildInput withFirstBase(@Nullable String value) {
        return new BuildInput(context, dockerfile, furtherDockerfiles, ignoreFile, namedContexts, value);
    }
}
