package org.jbuildah.engine.build;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jbuildah.engine.api.ImageTimes;
import org.jbuildah.engine.cache.StepCache;
import org.jbuildah.engine.cache.StepKey;
import org.jbuildah.engine.cache.StepRecord;
import org.jbuildah.engine.content.ContentStore;
import org.jbuildah.engine.content.LayerSink;
import org.jbuildah.engine.layer.LayerEntry;
import org.jbuildah.engine.layer.LayerReader;
import org.jbuildah.engine.oci.DiffId;
import org.jbuildah.engine.oci.History;

/**
 * Gives an image, the lines of its history and the files of its layers the times that a request wants.
 *
 * <p>Law: what comes from the base image, lines and layers, stays as it is. What a COPY writes has its times from the beginning, since a RUN
 * may remember them (a JVM's class archive names its jars' times); all else is done to the finished image, so that one cache serves every
 * date.
 */
final class Retiming {
    private final ContentStore store;
    private final StepCache cache;
    private final ImageTimes times;

    Retiming(ContentStore store, StepCache cache, ImageTimes times) {
        this.store = store;
        this.cache = cache;
        this.times = times;
    }

    ImageDraft of(ImageDraft image) throws IOException {
        ImageDraft dated = times.made().map(time -> dated(image, time)).orElse(image);
        return times.changesFiles() ? refiled(dated) : dated;
    }

    private static ImageDraft dated(ImageDraft image, Instant time) {
        List<History> lines = new ArrayList<>(image.history());
        for (int i = image.base().lines(); i < lines.size(); i++) {
            lines.set(i, lines.get(i).withCreated(time));
        }
        return image.withHistory(time, lines);
    }

    private ImageDraft refiled(ImageDraft image) throws IOException {
        List<DiffId> layers =
                new ArrayList<>(image.layers().subList(0, image.base().layers()));
        for (DiffId layer : image.ownLayers()) {
            layers.add(refiled(layer));
        }
        return image.withLayers(image.base(), layers, image.history());
    }

    private DiffId refiled(DiffId layer) throws IOException {
        StepKey key = StepKey.of("times")
                .with("layer", layer.toString())
                .with("times", times.toString())
                .key();
        Optional<StepRecord> known = cache.find(key);
        if (known.isPresent()) {
            return known.get().layer();
        }
        DiffId made = rewritten(layer);
        cache.remember(key, new StepRecord(made, times.made().orElse(Instant.EPOCH)));
        return made;
    }

    private DiffId rewritten(DiffId layer) throws IOException {
        try (LayerReader tar = new LayerReader(store.wholeTar(layer));
                LayerSink sink = store.newLayer()) {
            for (LayerEntry entry = tar.next(); entry != null; entry = tar.next()) {
                LayerEntry dated = entry.withMtime(times.ofFile(entry.mtime()));
                if (entry.isFile()) {
                    sink.write(dated, tar::content);
                } else {
                    sink.write(dated);
                }
            }
            return sink.commit();
        }
    }
}
