package org.jbuildah.engine.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jbuildah.engine.BuildEngine;
import org.jbuildah.engine.api.ImageInspection;
import org.jbuildah.engine.oci.JsonTree;
import org.jbuildah.engine.progress.EventSink;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/**
 * {@code jbuildah inspect}: what an image says of itself, in the frame that buildah gives it.
 *
 * @see <a href="https://github.com/containers/buildah/blob/main/docs/buildah-inspect.1.md">buildah-inspect(1)</a>
 */
@Command(name = "inspect", description = "Shows the config and manifest of an image of the store as JSON.")
final class InspectCommand implements Callable<Integer> {
    /** What Go's structs have where a config says nothing. */
    private static final Map<String, Object> UNSAID = Map.of(
            "User", "",
            "ExposedPorts", Map.of(),
            "Env", List.of(),
            "Entrypoint", List.of(),
            "Cmd", List.of(),
            "Volumes", Map.of(),
            "WorkingDir", "",
            "Labels", Map.of(),
            "StopSignal", "");

    @ParentCommand
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Cli cli;

    @Parameters(
            paramLabel = "IMAGE",
            description = "A name, an id, or the beginning of an id. Of an index it is the image for this machine.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private String image;

    @Option(
            names = {"-f", "--format"},
            paramLabel = "TEMPLATE",
            description = "Shows parts only, such as '{{.OCIv1.Config.Env}}' or '{{json .OCIv1.Config.Labels}}'.")
    private @Nullable String format;

    @Option(
            names = {"-t", "--type"},
            paramLabel = "TYPE",
            description = "image, which is the only one: there are no working containers.")
    private String type = "image";

    @Override
    public Integer call() {
        if (!type.equals("image")) {
            throw Cli.wrong("--type \"" + type + "\" is not there to be inspected.", "Images are: --type image.");
        }
        Template template = format == null ? null : Template.parse("--format", format);
        Cli.Console console = cli.global().console();
        try (BuildEngine engine = cli.global().open(EventSink.silent())) {
            ImageInspection inspected = engine.inspect(image);
            console.out()
                    .println(
                            template == null
                                    ? JsonTree.shown(shown(inspected, false))
                                    : template.render(shown(inspected, true)));
        }
        return 0;
    }

    /** @param complete whether what the config does not say is there, too, for templates to find */
    private static Map<String, @Nullable Object> shown(ImageInspection image, boolean complete) {
        Object config = JsonTree.parse(image.config());
        Object manifest = JsonTree.parse(image.manifest());
        if (complete && config instanceof Map<?, ?> document) {
            config = completed(document);
        }
        Map<String, @Nullable Object> shown = new LinkedHashMap<>();
        shown.put("Type", "jbuildah " + BuildEngine.version());
        shown.put("FromImage", image.name());
        shown.put("FromImageID", image.imageId().hex());
        shown.put("FromImageDigest", image.manifestDigest().toString());
        shown.put("Config", image.config());
        shown.put("Manifest", image.manifest());
        shown.put("ImageAnnotations", annotations(manifest));
        shown.put("OCIv1", config);
        shown.put("Docker", config); // the config is the same in both formats
        return shown;
    }

    private static Object annotations(@Nullable Object manifest) {
        Object annotations = manifest instanceof Map<?, ?> document ? document.get("annotations") : null;
        return annotations == null ? Map.of() : annotations;
    }

    private static Map<String, @Nullable Object> completed(Map<?, ?> document) {
        Map<String, @Nullable Object> whole = new LinkedHashMap<>();
        document.forEach((name, value) -> whole.put(String.valueOf(name), value));
        Map<String, @Nullable Object> config = new LinkedHashMap<>(UNSAID);
        if (whole.get("config") instanceof Map<?, ?> said) {
            said.forEach((name, value) -> config.put(String.valueOf(name), value));
        }
        whole.put("config", config);
        whole.putIfAbsent("author", "");
        return whole;
    }
}
