package org.jbuildah.engine;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jbuildah.engine.api.BuildRequest;
import org.jbuildah.engine.api.BuildResult;
import org.jbuildah.engine.api.Output;
import org.jbuildah.engine.build.BuiltImage;
import org.jbuildah.engine.oci.Descriptor;
import org.jbuildah.engine.oci.Digest;
import org.jbuildah.engine.oci.ImageConfig;
import org.jbuildah.engine.oci.ImageFormat;
import org.jbuildah.engine.oci.Platform;
import org.jbuildah.engine.progress.BuildEvent;
import org.jbuildah.engine.progress.EventSink;
import org.jbuildah.engine.transport.Outgoing;
import org.jbuildah.engine.transport.OutgoingImage;
import org.jbuildah.engine.transport.OutgoingIndex;

/** Names in the store what a build came to, writes the outputs and the files of the request. */
final class Delivery {
    private final Assembly parts;
    private final EventSink events;
    private final BuildRequest request;
    private final ImageFormat format;
    private final List<String> names;
    private final String indexName;

    /**
     * @param names full references for what was built
     * @param indexName the full reference of the index that it is added to; empty for none
     */
    Delivery(Assembly parts, EventSink events, BuildRequest request, List<String> names, String indexName) {
        this.parts = parts;
        this.events = events;
        this.request = request;
        this.format = request.image().dockerFormat() ? ImageFormat.DOCKER : ImageFormat.OCI;
        this.names = List.copyOf(names);
        this.indexName = indexName;
    }

    /** @param built one image for each platform */
    BuildResult of(List<BuiltImage> built) throws InterruptedException {
        List<OutgoingImage> images = built.stream()
                .map(image -> OutgoingImage.of(image.config(), image.annotations()))
                .toList();
        if (images.size() > 1) {
            List<String> indexNames = new ArrayList<>(names);
            if (!indexName.isEmpty()) {
                indexNames.add(indexName);
            }
            OutgoingIndex index = extended(images);
            return delivered(index, index.images(), indexNames);
        }
        if (!indexName.isEmpty()) {
            local().write(extended(images), indexName, format);
        }
        return delivered(images.get(0), images, names);
    }

    /** The index of the request with these images in the place of others for the same platforms. */
    private OutgoingIndex extended(List<OutgoingImage> images) {
        Set<Platform> platforms = new LinkedHashSet<>();
        images.forEach(image -> platforms.add(image.config().platform()));
        List<OutgoingImage> all = new ArrayList<>(indexName.isEmpty() ? List.of() : parts.imagesOfIndex(indexName));
        all.removeIf(other -> platforms.contains(other.config().platform()));
        all.addAll(images);
        return new OutgoingIndex(all);
    }

    private BuildResult delivered(Outgoing outgoing, List<OutgoingImage> images, List<String> given)
            throws InterruptedException {
        List<String> tags = given.isEmpty() ? List.of("") : given;
        Descriptor stored = local().write(outgoing, tags.get(0), format);
        for (String name : tags.subList(1, tags.size())) {
            local().write(outgoing, name, format);
        }
        Descriptor seen = stored;
        List<BuildResult.Delivered> delivered = new ArrayList<>();
        for (Output output : request.outputs()) {
            Place place = new Place(
                    parts.sink(output, request.registries(), request.image().compression()), output.toString());
            Descriptor written = place.write(outgoing, tags.get(0), format);
            events.event(new BuildEvent.OutputWritten(place.description(), written.digest()));
            delivered.add(new BuildResult.Delivered(output, written.digest()));
            seen = output instanceof Output.Registry ? written : seen;
        }
        Digest id = outgoing instanceof OutgoingImage image ? Digest.of(image.configBytes()) : stored.digest();
        new ResultWriter(request.files()).write(outgoing instanceof OutgoingImage, id, seen, given);
        List<ImageConfig> configs = images.stream().map(OutgoingImage::config).toList();
        return new BuildResult(
                id,
                stored.digest(),
                given,
                configs.stream().mapToInt(config -> config.diffIds().size()).sum(),
                configs.stream().mapToLong(parts::sizeOf).sum(),
                delivered,
                outgoing instanceof OutgoingIndex
                        ? configs.stream().map(ImageConfig::platform).toList()
                        : List.of());
    }

    private Place local() {
        return new Place(parts.localSink(), "the local store");
    }
}
