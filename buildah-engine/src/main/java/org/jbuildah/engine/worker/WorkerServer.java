package org.jbuildah.engine.worker;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jbuildah.engine.api.Terminal;
import org.jbuildah.engine.rootfs.ExitStatus;
import org.jbuildah.engine.snapshot.SnapshotStore.Snapshot;
import org.jbuildah.engine.worker.Greeting.Open;
import org.jbuildah.engine.worker.Greeting.Ready;
import org.jbuildah.engine.worker.RunMessage.Credit;
import org.jbuildah.engine.worker.RunMessage.Ended;
import org.jbuildah.engine.worker.RunMessage.Keys;
import org.jbuildah.engine.worker.RunMessage.Resize;
import org.jbuildah.engine.worker.RunMessage.Run;
import org.jbuildah.engine.worker.SnapshotMessage.Commit;
import org.jbuildah.engine.worker.SnapshotMessage.Committed;
import org.jbuildah.engine.worker.SnapshotMessage.Prepare;
import org.jbuildah.engine.worker.SnapshotMessage.Prepared;
import org.jbuildah.engine.worker.SnapshotMessage.Prune;
import org.jbuildah.engine.worker.SnapshotMessage.Pruned;
import org.jbuildah.engine.worker.SnapshotMessage.Rehearsed;
import org.jbuildah.engine.worker.SnapshotMessage.Release;
import org.jbuildah.engine.worker.WorkerMessage.Done;
import org.jbuildah.engine.worker.WorkerMessage.Event;
import org.jbuildah.engine.worker.WorkerMessage.Request;

/**
 * The worker's half of the conversation: reads requests until there are no more, serves several at once, then halts.
 *
 * <p>Reaps no strangers: what a RUN leaves behind belongs to the pid namespace of that RUN and ends with it, or to the JVM that is a RUN's
 * own in a plain chroot.
 */
public final class WorkerServer {
    private static final int EVENTS_DESCRIPTOR = 3;
    private static final long LAST_WORK_MILLIS = 1500;

    private final InputStream requests;
    private final OutputStream events;
    private final Workbench workbench;
    private final Map<Integer, Snapshot> snapshots = new ConcurrentHashMap<>();
    private final Map<Integer, Job> jobs = new ConcurrentHashMap<>();
    private final Map<Integer, RemoteTerminal> terminals = new ConcurrentHashMap<>();
    private final AtomicInteger lastSnapshot = new AtomicInteger();
    // its threads are begun by the thread that reads requests, never by one that has left these namespaces
    private final ExecutorService threads = Executors.newCachedThreadPool(WorkerServer::thread);

    WorkerServer(InputStream requests, OutputStream events, Workbench workbench) {
        this.requests = new BufferedInputStream(requests, 65536);
        this.events = events;
        this.workbench = workbench;
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "worker-job");
        thread.setDaemon(true);
        return thread;
    }

    /** The main program of the second JVM; does not return. */
    public static void main() {
        main(new KernelWorkbench());
    }

    static void main(Workbench workbench) {
        int status = 0;
        // before /proc is another one: the descriptor is found through it
        try (OutputStream events = new FileOutputStream("/proc/self/fd/" + EVENTS_DESCRIPTOR)) {
            new WorkerServer(new FileInputStream(FileDescriptor.in), events, workbench).serve();
        } catch (IOException | RuntimeException | Error e) {
            e.printStackTrace(); // the launcher keeps the last lines of standard error for its letter
            status = 1;
        }
        // not exit(): no hook, no waiting thread may keep process 1 alive; the kernel ends all the others
        Runtime.getRuntime().halt(status);
    }

    /** Serves until the launcher closes its end. */
    void serve() throws IOException {
        try {
            while (true) {
                Frame frame = Frame.read(requests);
                if (!(frame.message() instanceof Request request)) {
                    throw new IOException(
                            "the launcher sent an event: " + frame.message().kind());
                }
                request.accept(new Dispatch(frame.request()));
            }
        } catch (EOFException launcherGone) {
            tidyUp();
        }
    }

    /** What is still lent out is given back, if that can be had at once; a sweep of the store finds the rest. */
    private void tidyUp() {
        Thread limit = new Thread(
                () -> {
                    try {
                        Thread.sleep(LAST_WORK_MILLIS);
                    } catch (InterruptedException e) {
                        return;
                    }
                    Runtime.getRuntime().halt(0);
                },
                "worker-limit");
        limit.setDaemon(true);
        limit.start();
        jobs.keySet().forEach(this::cancel);
        threads.shutdown();
        try {
            if (threads.awaitTermination(LAST_WORK_MILLIS, TimeUnit.MILLISECONDS)) {
                snapshots.values().forEach(Snapshot::close);
                workbench.close();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            limit.interrupt();
        }
    }

    private void send(int request, Event event) throws IOException {
        byte[] frame = new Frame(request, event).bytes();
        synchronized (events) {
            events.write(frame);
            events.flush();
        }
    }

    private void cancel(int request) {
        Job job = jobs.get(request);
        if (job != null) {
            job.cancel();
        }
    }

    private Snapshot snapshot(int number) throws IOException {
        Snapshot snapshot = snapshots.get(number);
        if (snapshot == null) {
            throw new IOException("there is no snapshot " + number);
        }
        return snapshot;
    }

    /** How a process is run, once its root and what its mounts take files from are there. */
    private interface Running {
        ExitStatus run(LentRoot root, LentTrees trees) throws IOException, InterruptedException;
    }

    /** Serves one frame; what takes time goes to a thread of its own. */
    private final class Dispatch implements WorkerMessage.Visitor {
        private final int number;

        Dispatch(int number) {
            this.number = number;
        }

        private void begin(Job.Work work) {
            begin(new OutputWindow(chunk -> {}), work);
        }

        private void begin(OutputWindow output, Job.Work work) {
            Job job = new Job(work, output, event -> {
                jobs.remove(number);
                send(number, event);
            });
            jobs.put(number, job);
            threads.execute(job);
        }

        /** Answers on the thread that reads requests. */
        private void answer(Job.Work work) {
            new Job(work, new OutputWindow(chunk -> {}), event -> send(number, event)).run();
        }

        @Override
        public void open(Open request) {
            answer(() -> new Ready(workbench.open(request)));
        }

        @Override
        public void ping() {
            answer(Done::new);
        }

        @Override
        public void prepare(Prepare request) {
            begin(() -> {
                Snapshot snapshot = workbench.snapshots().prepare(request.layers());
                if (Thread.currentThread().isInterrupted()) {
                    snapshot.close(); // nobody waits for it any more
                    throw new InterruptedException();
                }
                int name = lastSnapshot.incrementAndGet();
                snapshots.put(name, snapshot);
                return new Prepared(name);
            });
        }

        @Override
        public void run(Run request) {
            OutputWindow output = new OutputWindow(chunk -> send(number, chunk));
            Terminal.Size size = request.terminal();
            if (size == null) {
                begin(
                        output,
                        () -> ended(
                                request,
                                (root, trees) -> workbench.isolation().run(root, trees, request.process(), output)));
                return;
            }
            RemoteTerminal terminal = new RemoteTerminal(size, output);
            terminals.put(number, terminal);
            begin(output, () -> {
                try {
                    return ended(
                            request,
                            (root, trees) -> workbench.isolation().run(root, trees, request.process(), terminal));
                } finally {
                    terminals.remove(number);
                }
            });
        }

        private Ended ended(Run request, Running running) throws IOException, InterruptedException {
            Snapshot root = snapshot(request.snapshot());
            try (LentTrees trees = LentTrees.of(request.process().mounts(), workbench)) {
                return new Ended(running.run(new LentRoot(root), trees));
            }
        }

        @Override
        public void type(Keys request) {
            RemoteTerminal terminal = terminals.get(number);
            if (terminal != null) {
                terminal.typed(request.bytes());
            }
        }

        @Override
        public void resize(Resize request) {
            RemoteTerminal terminal = terminals.get(number);
            if (terminal != null) {
                terminal.resized(request.size());
            }
        }

        @Override
        public void credit(Credit request) {
            Job job = jobs.get(number);
            if (job != null) {
                job.output().credit(request.bytes());
            }
        }

        @Override
        public void cancel() {
            WorkerServer.this.cancel(number);
        }

        @Override
        public void commit(Commit request) {
            begin(() -> new Committed(snapshot(request.snapshot()).commit()));
        }

        @Override
        public void release(Release request) {
            begin(() -> {
                Snapshot snapshot = snapshots.remove(request.snapshot());
                if (snapshot != null) {
                    snapshot.close();
                }
                return new Done();
            });
        }

        @Override
        public void prune(Prune request) {
            begin(() -> new Pruned(workbench.prune(request.caches())));
        }

        @Override
        public void rehearseOverlay() {
            begin(() -> new Rehearsed(workbench.rehearseOverlay()));
        }
    }
}
