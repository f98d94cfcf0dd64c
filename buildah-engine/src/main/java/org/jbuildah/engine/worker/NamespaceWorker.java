package org.jbuildah.engine.worker;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jbuildah.engine.api.BuildException;
import org.jbuildah.engine.api.Cancelled;
import org.jbuildah.engine.api.FailureCode;
import org.jbuildah.engine.api.HostUnsuitable;
import org.jbuildah.engine.api.StepFailed;
import org.jbuildah.engine.linux.NativeLibrary;
import org.jbuildah.engine.oci.DiffId;
import org.jbuildah.engine.progress.BuildEvent;
import org.jbuildah.engine.progress.EventSink;
import org.jbuildah.engine.rootfs.ActiveRootfs;
import org.jbuildah.engine.rootfs.Rootfs;
import org.jbuildah.engine.worker.Greeting.Open;
import org.jbuildah.engine.worker.Greeting.Ready;
import org.jbuildah.engine.worker.SnapshotMessage.Prepare;
import org.jbuildah.engine.worker.SnapshotMessage.Prepared;
import org.jbuildah.engine.worker.SnapshotMessage.Prune;
import org.jbuildah.engine.worker.SnapshotMessage.Pruned;
import org.jbuildah.engine.worker.SnapshotMessage.RehearseOverlay;
import org.jbuildah.engine.worker.SnapshotMessage.Rehearsed;
import org.jbuildah.engine.worker.WorkerChannel.Exchange;
import org.jbuildah.engine.worker.WorkerChannel.WorkerGone;
import org.jbuildah.engine.worker.WorkerMessage.Done;
import org.jbuildah.engine.worker.WorkerMessage.Event;
import org.jbuildah.engine.worker.WorkerMessage.Ping;
import org.jbuildah.engine.worker.WorkerMessage.Request;
import org.jspecify.annotations.Nullable;

/**
 * Root file systems lent out by a second JVM in namespaces of its own. Several threads may use it at once.
 *
 * <p>Laws: this JVM makes no native call. When it ends, in whatever way, the pipe of requests ends with it, the worker halts, and the
 * kernel ends every process and every mount of the worker's namespaces; without any ({@link Namespaces.None}) there are no mounts, and the
 * JVM of each step ends that step's processes. An interrupt ends the one request that waits; a shutdown ends all.
 */
public final class NamespaceWorker implements Rootfs {
    private static final Duration START_PATIENCE = Duration.ofSeconds(60);
    private static final Duration END_PATIENCE = Duration.ofSeconds(5);
    private static final Duration ARCHIVE_PATIENCE = Duration.ofSeconds(10);

    private final WorkerSettings settings;
    private final WorkerProgram program;
    private final EventSink events;
    private final Consumer<WorkerHello> whenReady;
    private final CompletableFuture<Started> started = new CompletableFuture<>();
    private final Thread shutdownHook = new Thread(this::end, "jbuildah-worker-shutdown");
    private volatile @Nullable WorkerProcess process;
    private volatile @Nullable ClassArchive archive;
    private volatile boolean closed;

    private record Started(WorkerChannel channel, WorkerHello hello) {}

    /** One request and what is said about it. */
    interface Conversation<T> {
        T hold(Exchange exchange) throws IOException, InterruptedException;
    }

    NamespaceWorker(WorkerSettings settings, WorkerProgram program, EventSink events, Consumer<WorkerHello> whenReady) {
        this.settings = settings;
        this.program = program;
        this.events = events;
        this.whenReady = whenReady;
    }

    /**
     * Starts a worker and returns at once; the first request waits for it. A worker that cannot start says so then.
     *
     * @param events hears of what went wrong where no exception may be thrown
     */
    public static NamespaceWorker start(WorkerSettings settings, EventSink events) {
        return start(settings, events, hello -> {});
    }

    /** @param whenReady hears what the worker says of itself, before any request is answered; must not throw */
    public static NamespaceWorker start(WorkerSettings settings, EventSink events, Consumer<WorkerHello> whenReady) {
        NamespaceWorker worker = new NamespaceWorker(settings, WorkerProgram.ENGINE, events, whenReady);
        worker.begin();
        return worker;
    }

    void begin() {
        Runtime.getRuntime().addShutdownHook(shutdownHook);
        Thread starter = new Thread(this::startUp, "jbuildah-worker-start");
        starter.setDaemon(true);
        starter.start();
    }

    private void startUp() {
        try {
            WorkerProcess begun = WorkerProcess.start(WorkerCommand.unshare(settings, java()));
            process = begun;
            if (closed) {
                begun.destroy();
            }
            begun.enter(settings.namespaces());
            Started ready = greet(begun);
            whenReady.accept(ready.hello());
            started.complete(ready);
        } catch (WorkerGone gone) {
            started.completeExceptionally(notStarted(epitaph()));
        } catch (IOException | RuntimeException e) {
            started.completeExceptionally(e instanceof BuildException ? e : notStarted(String.valueOf(e.getMessage())));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            started.completeExceptionally(cancelled());
        }
    }

    private List<String> java() throws IOException {
        Path lib = settings.storeRoot().resolve("lib");
        Path home = Path.of(System.getProperty("java.home"));
        List<Path> classpath =
                new WorkerClasspath(new LibDirectory(lib), WorkerProgram.class.getClassLoader()).of(program);
        List<String> options = new ArrayList<>(NativeLibrary.extractInto(lib));
        if (ClassArchive.possible(home)) {
            ClassArchive shared = ClassArchive.in(lib, home + " " + Runtime.version(), classpath);
            options.addAll(shared.options());
            archive = shared;
        }
        return WorkerCommand.java(home, Runtime.version().feature(), options, classpath, program.mainClass());
    }

    private Started greet(WorkerProcess begun) throws IOException, InterruptedException {
        WorkerChannel channel = new WorkerChannel(begun.requests(), begun.events());
        channel.start();
        Open open = new Open(
                WorkerMessage.PROTOCOL,
                settings.storeRoot().toAbsolutePath().toString(),
                settings.namespaces().idMap(),
                settings.trustedXattrs(),
                settings.drivers(),
                settings.isolation());
        try (Exchange exchange = channel.send(open)) {
            WorkerHello hello = exchange.answer(Ready.class).hello();
            if (hello.protocol() != WorkerMessage.PROTOCOL) {
                throw new IOException("the worker speaks protocol " + hello.protocol() + ", this is "
                        + WorkerMessage.PROTOCOL + "; both must come from the same jar");
            }
            return new Started(channel, hello);
        }
    }

    /** What the worker says of itself; waits until it is ready. */
    public WorkerHello hello() {
        return ready().hello();
    }

    private Started ready() {
        try {
            return started.get(START_PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException late) {
            BuildException letter =
                    notStarted("no word from it for " + START_PATIENCE.toSeconds() + " seconds; " + epitaph());
            started.completeExceptionally(letter);
            destroy();
            throw letter;
        } catch (ExecutionException e) {
            throw e.getCause() instanceof BuildException letter ? letter : notStarted(String.valueOf(e.getCause()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw cancelled();
        }
    }

    @Override
    public ActiveRootfs prepare(List<DiffId> layers) throws IOException {
        return new LentRootfs(this, ask(new Prepare(layers), Prepared.class).snapshot());
    }

    /**
     * Deletes every unpacked layer, whose owners only the worker may touch.
     *
     * @param caches whether the cache directories go, too
     * @return false when another worker uses some of it, which then stays
     */
    public boolean prune(boolean caches) throws IOException {
        return ask(new Prune(caches), Pruned.class).done();
    }

    /** Tries an overlay mount in the store; what stands in its way, or nothing. */
    public Optional<String> rehearseOverlay() throws IOException {
        String obstacle = ask(new RehearseOverlay(), Rehearsed.class).obstacle();
        return obstacle.isEmpty() ? Optional.empty() : Optional.of(obstacle);
    }

    /** Asks for nothing: returns when the worker has answered. */
    public void ping() throws IOException {
        ask(new Ping(), Done.class);
    }

    <E extends Event> E ask(Request request, Class<E> answer) throws IOException {
        return talk(request, exchange -> exchange.answer(answer));
    }

    /** For what must be done even on the way out: an interrupt is kept for later. */
    <E extends Event> E askInSpiteOfInterrupts(Request request, Class<E> answer) throws IOException {
        boolean interrupted = Thread.interrupted();
        try {
            return talk(request, exchange -> exchange.answerInSpiteOfInterrupts(answer));
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    <T> T talk(Request request, Conversation<T> conversation) throws IOException {
        try (Exchange exchange = ready().channel().send(request)) {
            return hold(exchange, conversation);
        } catch (WorkerGone gone) {
            throw closed ? cancelled() : died();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw cancelled();
        }
    }

    private static <T> T hold(Exchange exchange, Conversation<T> conversation)
            throws IOException, InterruptedException {
        boolean held = false;
        try {
            T result = conversation.hold(exchange);
            held = true;
            return result;
        } finally {
            if (!held) {
                exchange.giveUp(); // whatever the worker does for it must not outlive this
            }
        }
    }

    void warn(String text) {
        events.event(new BuildEvent.Warned(text));
    }

    private static HostUnsuitable notStarted(String detail) {
        return new HostUnsuitable(
                FailureCode.WORKER_NOT_STARTED,
                "The worker, the second Java process that runs RUN instructions, could not be started: " + detail,
                StartRemedy.of(detail));
    }

    private StepFailed died() {
        return new StepFailed(
                FailureCode.WORKER_DIED,
                "The worker, the second Java process that runs RUN instructions, ended unexpectedly: " + epitaph(),
                "Exit code 137 means that something killed it, most often for lack of memory.");
    }

    private static Cancelled cancelled() {
        return new Cancelled(FailureCode.CANCELLED, "The build was cancelled.", "");
    }

    private String epitaph() {
        WorkerProcess begun = process;
        try {
            return begun == null ? "it was never begun" : begun.epitaph();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "";
        }
    }

    @Override
    public void close() {
        end();
        try {
            Runtime.getRuntime().removeShutdownHook(shutdownHook);
        } catch (IllegalStateException shuttingDown) {
            return; // the hook runs; a second end does nothing
        }
    }

    /** Ends the pipe of requests, waits until the worker has gone, and makes sure of it. */
    private synchronized void end() {
        if (closed) {
            return;
        }
        closed = true;
        Started ready = started.isCompletedExceptionally() ? null : started.getNow(null);
        boolean interrupted = Thread.interrupted();
        try {
            if (ready != null) {
                ready.channel().close();
                ready.channel().awaitEnd(END_PATIENCE.toMillis());
            }
            WorkerProcess begun = process;
            if (begun != null) {
                leave(begun, ready != null);
            }
        } catch (InterruptedException e) {
            interrupted = true;
            destroy();
        } finally {
            started.completeExceptionally(cancelled());
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Waits for the end of a worker that was ready, and enforces it otherwise. */
    private void leave(WorkerProcess begun, boolean wasReady) throws InterruptedException {
        ClassArchive shared = archive;
        boolean writes = shared != null && shared.beingWritten();
        boolean ended = wasReady && begun.ended(writes ? ARCHIVE_PATIENCE : Duration.ofSeconds(1));
        if (!ended) {
            begun.destroy();
        }
        try {
            if (shared != null) {
                shared.keep(ended && begun.succeeded());
            }
        } catch (IOException e) {
            warn("The worker's classes could not be kept for a faster start: " + e.getMessage());
        }
    }

    private void destroy() {
        WorkerProcess begun = process;
        if (begun != null) {
            begun.destroy();
        }
    }
}
