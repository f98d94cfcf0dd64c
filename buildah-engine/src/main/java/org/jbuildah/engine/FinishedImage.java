package org.jbuildah.engine;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jbuildah.engine.api.BuildResult;
import org.jbuildah.engine.api.Output;
import org.jbuildah.engine.oci.Digest;

/** What a reader wants to know after a build: what came out, and how to run it. */
public final class FinishedImage {
    private static final List<String> UNITS = List.of("B", "kB", "MB", "GB", "TB");
    private static final int STEP = 1000;

    private final BuildResult result;

    public FinishedImage(BuildResult result) {
        this.result = result;
    }

    /** Of the manifest or index that others will see: the pushed one, since a push compresses, else the one first written, else the store's. */
    public Digest digest() {
        return result.delivered().stream()
                .filter(delivery -> delivery.output() instanceof Output.Registry)
                .findFirst()
                .or(() -> result.delivered().stream().findFirst())
                .map(BuildResult.Delivered::manifest)
                .orElse(result.manifest());
    }

    /** Name, layers, size, image id and digest; then commands that run the image. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add("built " + name() + ": " + platforms()
                + (result.layers() == 1 ? "1 layer" : result.layers() + " layers") + ", " + size(result.sizeInBytes()));
        lines.add((isIndex() ? "index" : "image id " + result.imageId() + ",") + " digest " + digest());
        lines.add("run it with");
        commands().forEach(command -> lines.add("  " + command));
        return lines;
    }

    private boolean isIndex() {
        return !result.platforms().isEmpty();
    }

    private String platforms() {
        return isIndex()
                ? "images for "
                        + result.platforms().stream().map(String::valueOf).collect(Collectors.joining(", ")) + ", "
                : "";
    }

    private String name() {
        return result.names().isEmpty()
                ? result.imageId().hex()
                : result.names().get(0);
    }

    private List<String> commands() {
        for (BuildResult.Delivered delivery : result.delivered()) {
            Output output = delivery.output();
            if (output instanceof Output.Registry registry) {
                return List.of("docker run --rm " + registry.reference(), "podman run --rm " + registry.reference());
            }
            if (output instanceof Output.DockerArchive archive) {
                return List.of("docker load -i " + archive.file() + " && docker run --rm " + name());
            }
            if (output instanceof Output.OciArchive archive) {
                return List.of("podman run --rm oci-archive:" + archive.file());
            }
            if (output instanceof Output.OciLayout layout) {
                return inLayout(layout);
            }
        }
        return inStore();
    }

    private List<String> inLayout(Output.OciLayout layout) {
        Path directory = layout.directory();
        String tag = layout.tag().isEmpty() ? tag() : layout.tag();
        String image = directory + (tag.isEmpty() ? "" : ":" + tag);
        String podman = "podman run --rm oci:" + image;
        String docker = "skopeo copy oci:" + image + " docker-daemon:" + name() + " && docker run --rm " + name();
        if (tag.isEmpty()) {
            return List.of(podman);
        }
        return isIndex() ? List.of(podman, docker) : List.of(podman, docker, runc(image)); // umoci knows no indexes
    }

    private List<String> inStore() {
        String push = "jbuildah push " + name() + " ";
        if (isIndex()) {
            return List.of(
                    push + "oci-archive:image.tar && docker load -i image.tar && docker run --rm " + name(),
                    push + "docker://REGISTRY/NAME");
        }
        return List.of(
                push + "docker-archive:image.tar && docker load -i image.tar && docker run --rm " + name(),
                push + "oci:image:run && podman run --rm oci:image:run",
                push + "oci:image:run && " + runc("image:run"));
    }

    private static String runc(String image) {
        String rootless = System.getProperty("user.name", "").equals("root") ? "" : "--rootless ";
        return "umoci unpack " + rootless + "--image " + image + " bundle && runc run -b bundle NAME";
    }

    private String tag() {
        return result.names().stream()
                .findFirst()
                .map(name -> name.substring(name.lastIndexOf(':') + 1))
                .orElse("");
    }

    /** A number of bytes, as people say it. */
    public static String size(long bytes) {
        double value = bytes;
        int unit = 0;
        while (value >= STEP && unit < UNITS.size() - 1) {
            value /= STEP;
            unit++;
        }
        String format = unit == 0 || value >= 10 ? "%.0f %s" : "%.1f %s";
        return String.format(Locale.ROOT, format, value, UNITS.get(unit));
    }
}
