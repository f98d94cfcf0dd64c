package org.jbuildah.engine.transport;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jbuildah.engine.api.FailureCode;
import org.jbuildah.engine.api.RequestInvalid;
import org.jbuildah.engine.content.ContentStore;
import org.jbuildah.engine.oci.Descriptor;
import org.jbuildah.engine.oci.DiffId;
import org.jbuildah.engine.oci.ImageFormat;
import org.jbuildah.engine.oci.Json;
import org.jbuildah.engine.oci.Reference;

/**
 * A tar file that {@code docker load} takes: plain layers, and no manifest of a registry in it.
 *
 * @see <a href="https://github.com/moby/docker-image-spec/blob/main/v1.2.md#combined-image-json--filesystem-changeset-format">docker
 *     image spec v1.2: combined format</a>
 */
final class DockerArchiveSink implements ImageSink {
    private final ContentStore store;
    private final Path file;
    private final String tag;

    DockerArchiveSink(ContentStore store, Path file, String tag) {
        this.store = store;
        this.file = file;
        this.tag = tag;
    }

    /** The manifest is the one which a registry would keep of the same plain layers. */
    @Override
    public Descriptor write(OutgoingImage outgoing, String name, ImageFormat format) throws IOException {
        LayerBlobs blobs = new LayerBlobs(store);
        List<Descriptor> layers = new ArrayList<>();
        for (DiffId layer : outgoing.config().diffIds()) {
            layers.add(blobs.plain(layer, ImageFormat.DOCKER));
        }
        FinishedImage image = FinishedImage.of(outgoing, layers, ImageFormat.DOCKER);
        String full = tag.isEmpty() ? name : reference(tag).toString();
        try (ArchiveFile archive = new ArchiveFile(file)) {
            write(archive, image, full);
            archive.finish();
        } catch (IOException e) {
            throw StoreFailure.output(file, e);
        }
        return image.manifest();
    }

    @Override
    public Descriptor write(OutgoingIndex index, String name, ImageFormat format) {
        throw new RequestInvalid(
                FailureCode.REQUEST_INVALID,
                "A docker-archive holds images without their platforms, and this is an index of "
                        + index.images().size() + " platforms.",
                "Write an oci-archive, which docker load takes since Docker 25, or build for one platform.");
    }

    private void write(ArchiveFile archive, FinishedImage image, String name) throws IOException {
        List<String> names =
                image.layers().stream().map(DockerArchiveSink::path).toList();
        Set<String> written = new HashSet<>();
        for (Descriptor layer : image.layers()) {
            if (written.add(path(layer))) {
                try (InputStream bytes = store.open(layer.digest())) {
                    archive.file(path(layer), layer.size(), bytes);
                }
            }
        }
        String config = image.config().digest().hex() + ".json";
        archive.file(config, image.configBytes());
        archive.file(
                "manifest.json",
                Json.writeDockerArchiveManifest(config, name.isEmpty() ? List.of() : List.of(name), names));
        archive.file("repositories", Json.writeDockerRepositories(repositories(name, image)));
    }

    /** For readers older than {@code manifest.json}: the repository's tag, and the id of the topmost layer. */
    private static Map<String, Map<String, String>> repositories(String name, FinishedImage image) {
        if (name.isEmpty() || image.layers().isEmpty()) {
            return Map.of();
        }
        Reference reference = Reference.parse(name);
        String top = image.layers().get(image.layers().size() - 1).digest().hex();
        return Map.of(
                reference.registry() + "/" + reference.repository(),
                Map.of(reference.tag() == null ? "latest" : reference.tag(), top));
    }

    private static String path(Descriptor layer) {
        return layer.digest().hex() + ".tar";
    }

    private static Reference reference(String tag) {
        try {
            return Reference.parse(tag);
        } catch (IllegalArgumentException e) {
            throw new RequestInvalid(
                    FailureCode.REFERENCE_INVALID,
                    String.valueOf(e.getMessage()),
                    "After docker-archive:PATH: comes a name such as shop:1.0.",
                    e);
        }
    }
}
