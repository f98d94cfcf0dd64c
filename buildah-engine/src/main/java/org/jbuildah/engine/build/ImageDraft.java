package org.jbuildah.engine.build;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jbuildah.engine.cache.StepRecord;
import org.jbuildah.engine.oci.ContainerConfig;
import org.jbuildah.engine.oci.DiffId;
import org.jbuildah.engine.oci.History;
import org.jbuildah.engine.oci.ImageConfig;
import org.jbuildah.engine.oci.Platform;
import org.jspecify.annotations.Nullable;

/**
 * An image on its way: what a stage has made of it so far. Immutable.
 *
 * @param created the time of the newest step that made a layer; the base's where none did; null where that has none
 * @param layers lowest first
 */
record ImageDraft(
        Base base,
        Platform platform,
        String author,
        @Nullable Instant created,
        ContainerConfig container,
        List<DiffId> layers,
        List<History> history) {
    /**
     * What the image began with.
     *
     * @param layers how many of the image's layers, from below, are its
     * @param lines how many of the history's lines
     * @param annotations of its manifest
     */
    record Base(int layers, int lines, Map<String, String> annotations) {
        static final Base SCRATCH = new Base(0, 0, Map.of());

        Base {
            annotations = Map.copyOf(annotations);
        }
    }

    static final String DEFAULT_PATH = "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
    private static final String COMMENT = "buildkit.dockerfile.v0";

    ImageDraft {
        layers = List.copyOf(layers);
        history = List.copyOf(history);
    }

    /** No files; the search path that BuildKit gives to images from nothing. */
    static ImageDraft scratch(Platform platform) {
        ContainerConfig container = ContainerConfig.EMPTY
                .with()
                .env(List.of(DEFAULT_PATH))
                .workingDir("/")
                .build();
        return new ImageDraft(Base.SCRATCH, platform, "", null, container, List.of(), List.of());
    }

    /** @param annotations of the base's manifest */
    static ImageDraft of(ImageConfig base, Map<String, String> annotations) {
        return new ImageDraft(
                new Base(base.diffIds().size(), base.history().size(), annotations),
                base.platform(),
                base.author(),
                base.created(),
                base.container(),
                base.diffIds(),
                base.history());
    }

    ImageDraft withContainer(ContainerConfig other) {
        return new ImageDraft(base, platform, author, created, other, layers, history);
    }

    ImageDraft withAuthor(String other) {
        return new ImageDraft(base, platform, other, created, container, layers, history);
    }

    /** A step that changed the config alone. */
    ImageDraft withNote(String createdBy) {
        return withHistory(created, new History(created, createdBy, "", COMMENT, true), layers);
    }

    /** A step that made a layer. */
    ImageDraft withLayer(StepRecord record, String createdBy) {
        List<DiffId> more = new ArrayList<>(layers);
        more.add(record.layer());
        Instant newest = created == null || record.created().isAfter(created) ? record.created() : created;
        return withHistory(newest, new History(record.created(), createdBy, "", COMMENT, false), more);
    }

    private ImageDraft withHistory(@Nullable Instant newest, History line, List<DiffId> stack) {
        List<History> lines = new ArrayList<>(history);
        lines.add(line);
        return new ImageDraft(base, platform, author, newest, container, stack, lines);
    }

    /** Other times for the image and its history; the layers stay. */
    ImageDraft withHistory(@Nullable Instant time, List<History> lines) {
        return new ImageDraft(base, platform, author, time, container, layers, lines);
    }

    /** Other layers with their history, over another base. */
    ImageDraft withLayers(Base otherBase, List<DiffId> others, List<History> lines) {
        return new ImageDraft(otherBase, platform, author, created, container, others, lines);
    }

    /** Called one of a platform; the variant stays where nothing else is asked for. */
    ImageDraft as(Platform other) {
        boolean same = other.os().equals(platform.os()) && other.architecture().equals(platform.architecture());
        Platform named = same && other.variant().isEmpty() ? platform : other;
        return new ImageDraft(base, named, author, created, container, layers, history);
    }

    /** The layers that the build made, lowest first. */
    List<DiffId> ownLayers() {
        return layers.subList(base.layers(), layers.size());
    }

    ImageConfig toConfig() {
        return new ImageConfig(platform.normal(), author, created, container, layers, history);
    }
}
