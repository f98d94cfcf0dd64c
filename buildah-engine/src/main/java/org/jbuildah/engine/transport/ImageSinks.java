package org.jbuildah.engine.transport;

import org.jbuildah.engine.api.FailureCode;
import org.jbuildah.engine.api.LayerCompression;
import org.jbuildah.engine.api.Output;
import org.jbuildah.engine.api.RequestInvalid;
import org.jbuildah.engine.content.ContentStore;
import org.jbuildah.engine.oci.Reference;
import org.jbuildah.engine.progress.EventSink;
import org.jbuildah.engine.registry.RegistryClient;

/** The sink for each place that an image can go to. */
public final class ImageSinks {
    private final ContentStore store;
    private final RegistryClient registry;
    private final EventSink events;

    public ImageSinks(ContentStore store, RegistryClient registry, EventSink events) {
        this.store = store;
        this.registry = registry;
        this.events = events;
    }

    /** The store itself: manifest and config become blobs, the name a tag. */
    public ImageSink local() {
        return new LocalStoreSink(store);
    }

    /** With layers packed as is the custom of the place. */
    public ImageSink of(Output output) {
        return of(output, LayerCompression.DEFAULT);
    }

    /** @param compression of layers that leave as blobs of a registry's kind */
    public ImageSink of(Output output, LayerCompression compression) {
        if (output instanceof Output.OciLayout layout) {
            return new OciLayoutSink(store, layout.directory(), layout.tag(), compression);
        }
        if (output instanceof Output.OciArchive archive) {
            return new OciArchiveSink(store, archive.file(), archive.tag(), compression);
        }
        if (output instanceof Output.DockerArchive archive) {
            if (compression.asked()) {
                throw new RequestInvalid(
                        FailureCode.REQUEST_INVALID,
                        "A compression is asked for, and the layers of a docker-archive are plain.",
                        "Write an oci-archive, or leave the compression out.");
            }
            return new DockerArchiveSink(store, archive.file(), archive.tag());
        }
        if (output instanceof Output.Local files) {
            return new FilesSink(store, files.directory(), events);
        }
        if (output instanceof Output.Tar files) {
            return new FilesTarFileSink(store, files.file());
        }
        if (output instanceof Output.TarStream files) {
            return new FilesTarSink(store, files.stream());
        }
        Output.Registry target = (Output.Registry) output;
        try {
            return new RegistrySink(store, registry, events, Reference.parse(target.reference()), compression);
        } catch (IllegalArgumentException e) {
            throw new RequestInvalid(
                    FailureCode.REFERENCE_INVALID,
                    String.valueOf(e.getMessage()),
                    "A name is [registry/]repository[:tag], in lower case.",
                    e);
        }
    }
}
