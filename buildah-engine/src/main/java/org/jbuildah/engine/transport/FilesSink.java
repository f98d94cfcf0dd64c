package org.jbuildah.engine.transport;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jbuildah.engine.content.ContentStore;
import org.jbuildah.engine.oci.Descriptor;
import org.jbuildah.engine.oci.ImageFormat;
import org.jbuildah.engine.progress.BuildEvent;
import org.jbuildah.engine.progress.EventSink;
import org.jbuildah.engine.tree.ImageTree;

/**
 * The files of an image in a directory of the host, laid over what is there. What this user or this file system cannot keep is said once
 * at the end, in one warning for each kind.
 */
record FilesSink(ContentStore store, Path directory, EventSink events) implements ImageSink {
    @Override
    public Descriptor write(OutgoingImage image, String name, ImageFormat format) throws IOException {
        try {
            lay(image, directory);
            return new LayerBlobs(store).inStore(image, format).manifest();
        } catch (IOException e) {
            throw StoreFailure.output(directory, e);
        }
    }

    /** As BuildKit does it: a directory for each platform, such as {@code linux_arm64}. */
    @Override
    public Descriptor write(OutgoingIndex index, String name, ImageFormat format) throws IOException {
        try {
            for (OutgoingImage image : index.images()) {
                lay(image, directory.resolve(folder(image)));
            }
            return new LayerBlobs(store).inStore(index, format).descriptor();
        } catch (IOException e) {
            throw StoreFailure.output(directory, e);
        }
    }

    /** The directory for the files of one platform among several. */
    static String folder(OutgoingImage image) {
        return image.config().platform().toString().replace('/', '_');
    }

    private void lay(OutgoingImage image, Path place) throws IOException {
        Files.createDirectories(place);
        HostFiles files = new HostFiles(place);
        FileWalk.walk(ImageTree.of(store, image.config().diffIds()), files);
        files.losses()
                .forEach(loss -> events.event(
                        new BuildEvent.Warned(loss + " in " + place + ". An output of type tar has all of it.")));
    }
}
