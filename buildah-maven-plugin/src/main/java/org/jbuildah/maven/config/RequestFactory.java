package org.jbuildah.maven.config;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jbuildah.engine.api.BuildEnvironment;
import org.jbuildah.engine.api.BuildInput;
import org.jbuildah.engine.api.BuildRequest;
import org.jbuildah.engine.api.ContextSource;
import org.jbuildah.engine.api.DockerfileSource;
import org.jbuildah.engine.api.FailureCode;
import org.jbuildah.engine.api.HelperOptions;
import org.jbuildah.engine.api.Output;
import org.jbuildah.engine.api.PullPolicy;
import org.jbuildah.engine.api.RequestInvalid;
import org.jbuildah.engine.api.ResultFiles;
import org.jspecify.annotations.Nullable;

/** Turns what a pom says into a request to the engine; refuses wrong values before anything is touched. */
public final class RequestFactory {
    private static final List<String> PROXIES =
            List.of("http_proxy", "https_proxy", "ftp_proxy", "no_proxy", "all_proxy");
    private static final Word<PullPolicy> PULLS = new Word<>(
            "pull",
            Map.of(
                    "missing", PullPolicy.MISSING,
                    "always", PullPolicy.ALWAYS,
                    "newer", PullPolicy.NEWER,
                    "never", PullPolicy.NEVER));

    private final ImageConfiguration image;
    private final Surroundings surroundings;

    public RequestFactory(ImageConfiguration image, Surroundings surroundings) {
        this.image = image;
        this.surroundings = surroundings;
    }

    /** The Dockerfile that would be built: the one that is named, else the one that lies in the context, if any. */
    public Optional<Path> dockerfile() {
        Path named = image.dockerfile;
        if (named != null) {
            return Optional.of(absolute(named));
        }
        return BuildInput.DOCKERFILE_NAMES.stream()
                .map(context()::resolve)
                .filter(Files::isRegularFile)
                .findFirst();
    }

    private Path context() {
        return image.context == null ? surroundings.baseDirectory() : absolute(image.context);
    }

    /** @throws RequestInvalid at the first value that has no meaning */
    public BuildRequest request() {
        List<String> names = ImageNames.of(image.image, image.tags, surroundings);
        Map<String, String> args = new NamedValues(surroundings).of("args", image.args);
        BuildInput input = BuildInput.of(new ContextSource.Local(checkedContext()))
                .withDockerfile(new DockerfileSource.File(checkedDockerfile()));
        return BuildRequest.of(image.sources.addedTo(input, surroundings.baseDirectory()))
                .names(names)
                .args(args)
                .stages(image.sources.stages())
                .target(image.target == null || image.target.isBlank() ? null : image.target.strip())
                .modes(image.modes.options(surroundings.environment()))
                .pull(pull())
                .registries(image.registries.options(surroundings.baseDirectory()))
                .useCache(image.useCache)
                .runs(image.runs
                        .options(new BuildEnvironment(surroundings.environment()).ulimits())
                        .withTimeout(timeout())
                        .withProxyVariables(proxies())
                        .withLent(image.lent.lent(surroundings)))
                .image(new ImageOptionsFactory(image, surroundings).options(args))
                .outputs(outputs(names))
                .files(new ResultFiles(optional(image.idFile), null, optional(image.metadataFile)))
                .helper(helper())
                .build();
    }

    private HelperOptions helper() {
        String chosen = image.helperImage == null
                ? surroundings.environment().getOrDefault("BUILDAH_HELPER_IMAGE", "")
                : image.helperImage;
        return chosen.isBlank() ? HelperOptions.DEFAULT : HelperOptions.DEFAULT.withImage(chosen.strip());
    }

    private Path checkedContext() {
        Path context = context();
        if (!Files.isDirectory(context)) {
            throw new RequestInvalid(
                    FailureCode.CONTEXT_NOT_FOUND,
                    "The build context \"" + context + "\" "
                            + (Files.exists(context) ? "is not a directory." : "does not exist."),
                    "<context> names the directory that holds the files which COPY and ADD are to find; without it, it is the module's.");
        }
        return context;
    }

    private Path checkedDockerfile() {
        Path dockerfile = dockerfile().orElse(context().resolve(BuildInput.DOCKERFILE_NAMES.get(0)));
        if (!Files.isRegularFile(dockerfile)) {
            throw new RequestInvalid(
                    FailureCode.DOCKERFILE_NOT_FOUND,
                    "There is no Dockerfile at \"" + dockerfile + "\".",
                    image.dockerfile == null
                            ? "Write one there, name another with <dockerfile>, or set <skip>true</skip> for this module."
                            : "<dockerfile> is relative to the module's directory, \"" + surroundings.baseDirectory()
                                    + "\".");
        }
        return dockerfile;
    }

    private PullPolicy pull() {
        PullPolicy policy = PULLS.parse(image.pull);
        if (!surroundings.offline()) {
            return policy;
        }
        if (policy == PullPolicy.ALWAYS) {
            throw new RequestInvalid(
                    FailureCode.REQUEST_INVALID,
                    "<pull> is \"always\", and Maven runs offline.",
                    "Leave out -o, or pass -Dbuildah.pull=missing.");
        }
        return PullPolicy.NEVER;
    }

    private @Nullable Duration timeout() {
        if (image.timeoutInSeconds < 0) {
            throw new RequestInvalid(
                    FailureCode.REQUEST_INVALID,
                    "<timeout> is " + image.timeoutInSeconds + ", which is less than nothing.",
                    "It is a number of seconds for each RUN; 0 stands for no limit.");
        }
        return image.timeoutInSeconds == 0 ? null : Duration.ofSeconds(image.timeoutInSeconds);
    }

    private Map<String, String> proxies() {
        Map<String, String> proxies = new LinkedHashMap<>();
        for (String name : PROXIES) {
            for (String variant : List.of(name, name.toUpperCase(java.util.Locale.ROOT))) {
                String value = surroundings.environment().getOrDefault(variant, "");
                if (!value.isEmpty()) {
                    proxies.put(variant, value);
                }
            }
        }
        return proxies;
    }

    private List<Output> outputs(List<String> names) {
        List<Output> outputs = new ArrayList<>();
        // Maven gives an empty list for a list that nobody configured
        if (image.outputs == null || image.outputs.isEmpty()) {
            String name = ImageNames.repository(names.get(0)).replaceAll("[^A-Za-z0-9._-]", "-");
            outputs.add(new Output.OciLayout(surroundings.buildDirectory().resolve(name + "-oci"), ""));
        } else {
            image.outputs.forEach(output -> outputs.add(output(output)));
        }
        if (image.push) {
            names.forEach(name -> outputs.add(pushed(name)));
        }
        if (surroundings.offline() && outputs.stream().anyMatch(Output.Registry.class::isInstance)) {
            throw new RequestInvalid(
                    FailureCode.REQUEST_INVALID,
                    "The image is to be pushed, and Maven runs offline.",
                    "Leave out -o, or <push> and outputs of type registry.");
        }
        return outputs;
    }

    private Output output(OutputConfiguration output) {
        if (output.path().isBlank()) {
            throw new RequestInvalid(
                    FailureCode.REQUEST_INVALID,
                    "An <output> of type \"" + output.type() + "\" has no <path>.",
                    "Write where it goes, such as <path>${project.build.directory}/image.tar</path>.");
        }
        return switch (output.type()) {
            case "oci" -> new Output.OciLayout(path(output), output.tag());
            case "oci-archive" -> new Output.OciArchive(path(output), output.tag());
            case "docker-archive" -> new Output.DockerArchive(path(output), output.tag());
            case "registry" -> pushed(output.path());
            case "local" -> new Output.Local(path(output));
            case "tar" -> new Output.Tar(path(output));
            default ->
                throw new RequestInvalid(
                        FailureCode.REQUEST_INVALID,
                        "An <output> has the type \"" + output.type() + "\", which is none of "
                                + String.join(", ", OutputConfiguration.TYPES) + ".",
                        "Write one of these as its <type>.");
        };
    }

    private static Output pushed(String name) {
        if (!ImageNames.namesRegistry(name)) {
            throw new RequestInvalid(
                    FailureCode.REFERENCE_INVALID,
                    "The image is to be pushed, and its name \"" + name + "\" says no registry.",
                    "Set <image> to a whole name, such as \"registry.example.com/team/" + name
                            + "\", or \"docker.io/ACCOUNT/" + name + "\".");
        }
        return new Output.Registry(name);
    }

    private Path path(OutputConfiguration output) {
        try {
            return absolute(Path.of(output.path()));
        } catch (InvalidPathException e) {
            throw new RequestInvalid(
                    FailureCode.REQUEST_INVALID,
                    "An <output> has the path \"" + output.path() + "\": " + e.getReason() + ".",
                    "Name a directory or file of this machine.",
                    e);
        }
    }

    private @Nullable Path optional(@Nullable Path path) {
        return path == null ? null : absolute(path);
    }

    private Path absolute(Path path) {
        return surroundings.baseDirectory().resolve(path).normalize();
    }
}
