package org.jbuildah.engine.build;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
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
        Platform platform,
        String author,
        @Nullable Instant created,
        ContainerConfig container,
        List<DiffId> layers,
        List<History> history) {
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
        return new ImageDraft(platform, "", null, container, List.of(), List.of());
    }

    static ImageDraft of(ImageConfig base) {
        return new ImageDraft(
                base.platform(), base.author(), base.created(), base.container(), base.diffIds(), base.history());
    }

    ImageDraft withContainer(ContainerConfig other) {
        return new ImageDraft(platform, author, created, other, layers, history);
    }

    ImageDraft withAuthor(String other) {
        return new ImageDraft(platform, other, created, container, layers, history);
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
        return new ImageDraft(platform, author, newest, container, stack, lines);
    }

    ImageConfig toConfig() {
        return new ImageConfig(platform, author, created, container, layers, history);
    }
}
