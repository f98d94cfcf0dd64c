package org.jbuildah.engine.remote;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jbuildah.engine.api.StorageDriver;
import org.jbuildah.engine.build.BuiltImage;
import org.jbuildah.engine.build.WorkerDoor;
import org.jbuildah.engine.content.ContentStore;
import org.jbuildah.engine.progress.EventSink;

/**
 * The side in the container: process 1 of it. It is spoken to on standard input and answers on standard output; when its input ends, for
 * whatever reason, it ends, and the kernel ends everything in the container with it.
 */
public final class HelperServer implements Channel.Answers {
    private final ContentStore store;
    private final Workers workers;
    private final BlobAnswers blobs;
    private final CompletableFuture<Channel> opened = new CompletableFuture<>();

    /** Opens the way to a worker of this side. */
    public interface Workers {
        WorkerDoor door(ContentStore store, StorageDriver driver, EventSink events);
    }

    private HelperServer(ContentStore store, Workers workers) {
        this.store = store;
        this.workers = workers;
        this.blobs = new BlobAnswers(store);
    }

    /** Serves until the other side has gone. Does not return. */
    public static void serve(Path root, Workers workers) {
        System.setOut(System.err); // standard output is the channel's
        try {
            HelperServer server = new HelperServer(ContentStore.open(root), workers);
            Channel channel = new Channel(
                    new FileInputStream(FileDescriptor.in),
                    new FileOutputStream(FileDescriptor.out),
                    server,
                    event -> {});
            server.opened.complete(channel);
            channel.awaitEnd();
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException failure) {
            System.err.println(failure.getMessage());
            Runtime.getRuntime().halt(1);
        }
        Runtime.getRuntime().halt(0);
    }

    @Override
    public Object answer(Question<?> question) throws IOException, InterruptedException {
        return question instanceof Question.Build asked ? made(asked.task()) : blobs.answer(question);
    }

    private Answer.Made made(HelperTask task) throws IOException, InterruptedException {
        Channel channel = opened.join();
        EventSink events = channel::tell;
        try (AgentSockets agents = AgentSockets.open(channel, task.lent().agents());
                WorkerDoor worker = workers.door(store, task.storageDriver(), events)) {
            List<BuiltImage> images = new TaskBuild(task, channel, store).run(worker, agents.paths(), events);
            return new Answer.Made(images.stream()
                    .map(image -> new Answer.Image(image.config(), image.annotations()))
                    .toList());
        }
    }
}
