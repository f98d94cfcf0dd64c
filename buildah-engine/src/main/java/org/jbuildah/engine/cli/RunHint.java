package org.jbuildah.engine.cli;

import java.io.PrintStream;
import java.util.List;
import org.jbuildah.engine.api.BuildRequest;
import org.jbuildah.engine.api.BuildResult;
import org.jbuildah.engine.api.Output;

/** After a build: what came out, and how to run it. */
final class RunHint {
    private RunHint() {}

    static void print(BuildResult result, BuildRequest request, PrintStream out) {
        String name = result.names().isEmpty()
                ? result.imageId().hex()
                : result.names().get(0);
        out.println("built " + name + ": " + result.layers() + " layers, " + EventText.size(result.sizeInBytes())
                + ", image id " + result.imageId());
        out.println("run it with");
        howTo(name, request.outputs()).forEach(line -> out.println("  " + line));
    }

    private static List<String> howTo(String name, List<Output> outputs) {
        for (Output output : outputs) {
            if (output instanceof Output.DockerArchive archive) {
                return List.of("docker load -i " + archive.file() + " && docker run --rm " + name);
            }
            if (output instanceof Output.OciArchive archive) {
                return List.of("podman load -i " + archive.file() + " && podman run --rm " + name);
            }
            if (output instanceof Output.OciLayout layout) {
                return List.of(
                        "podman run --rm oci:" + layout.directory(),
                        "skopeo copy oci:" + layout.directory() + " docker-daemon:" + name + " && docker run --rm "
                                + name,
                        "umoci unpack --rootless --image " + layout.directory() + " BUNDLE && runc run -b BUNDLE NAME");
            }
        }
        return List.of(
                "jbuildah push " + name + " docker-archive:image.tar && docker load -i image.tar && docker run --rm "
                        + name,
                "jbuildah push " + name + " oci:image && podman run --rm oci:image",
                "jbuildah push " + name
                        + " oci:image && umoci unpack --rootless --image image BUNDLE && runc run -b BUNDLE NAME");
    }
}
