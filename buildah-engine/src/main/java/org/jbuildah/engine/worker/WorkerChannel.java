package org.jbuildah.engine.worker;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jbuildah.engine.oci.DiffId;
import org.jbuildah.engine.oci.Digest;
import org.jbuildah.engine.rootfs.ExitStatus;
import org.jbuildah.engine.worker.WorkerMessage.Event;
import org.jbuildah.engine.worker.WorkerMessage.Request;

/** The launcher's end of the two pipes: many requests at once, each with a mailbox of its own. */
final class WorkerChannel implements AutoCloseable {
    private final OutputStream requests;
    private final InputStream events;
    private final Map<Integer, Exchange> open = new ConcurrentHashMap<>();
    private final AtomicInteger lastNumber = new AtomicInteger();
    private final Thread reader;
    private volatile boolean ended;

    WorkerChannel(OutputStream requests, InputStream events) {
        this.requests = requests;
        this.events = new BufferedInputStream(events, 65536);
        this.reader = new Thread(this::deliver, "jbuildah-worker-events");
        reader.setDaemon(true);
    }

    void start() {
        loadWhatIsRead();
        reader.start();
    }

    /** The reader may still read while Maven, interrupted, closes the class loader that we came from. */
    private static void loadWhatIsRead() {
        List<Class<?>> needed = new ArrayList<>(List.of(
                Frame.class, Wire.class, Digest.class, DiffId.class, End.class, Failure.class, Failure.Family.class));
        needed.addAll(List.of(Event.class.getPermittedSubclasses()));
        needed.addAll(List.of(ExitStatus.class.getPermittedSubclasses()));
        for (Class<?> type : needed) {
            try {
                Class.forName(type.getName(), true, type.getClassLoader());
                Class.forName(type.getNestHost().getName(), true, type.getClassLoader());
            } catch (ClassNotFoundException e) {
                throw new LinkageError(type.getName(), e);
            }
        }
    }

    /**
     * Sends a request; the exchange hears what the worker answers.
     *
     * @throws WorkerGone if the worker is not there any more
     */
    Exchange send(Request request) throws IOException {
        Exchange exchange = new Exchange(lastNumber.incrementAndGet());
        open.put(exchange.number, exchange);
        try {
            send(exchange.number, request);
        } catch (IOException e) {
            exchange.close();
            throw e;
        }
        return exchange;
    }

    private void send(int number, Request request) throws IOException {
        byte[] frame = new Frame(number, request).bytes();
        synchronized (requests) {
            try {
                requests.write(frame);
                requests.flush();
            } catch (IOException broken) {
                throw new WorkerGone();
            }
        }
        if (ended) {
            throw new WorkerGone();
        }
    }

    private void deliver() {
        try {
            while (true) {
                Frame frame = Frame.read(events);
                Exchange exchange = open.get(frame.request());
                // an answer that nobody waits for belongs to a request that was given up
                if (exchange != null && frame.message() instanceof Event event) {
                    exchange.mailbox.add(event);
                }
            }
        } catch (IOException end) {
            ended = true;
            open.values().forEach(exchange -> exchange.mailbox.add(new End()));
        }
    }

    /** Closes the pipe of requests: the worker halts as soon as it sees that. */
    @Override
    public void close() {
        // without the lock: a thread may sit in a write that a worker under load does not read
        try {
            requests.close();
        } catch (IOException gone) {
            ended = true; // what was buffered could not be sent; the worker has ended first
        }
    }

    boolean awaitEnd(long millis) throws InterruptedException {
        reader.join(millis);
        return !reader.isAlive();
    }

    /** The worker has ended, or never spoke. The door of the room turns this into a letter. */
    static final class WorkerGone extends IOException {
        private static final long serialVersionUID = 1L;

        WorkerGone() {
            super("the worker has ended");
        }
    }

    /** What waits in a mailbox: an event, or the end of all events. */
    private record End() {}

    /** One request and its answers. */
    final class Exchange implements AutoCloseable {
        private final int number;
        private final BlockingQueue<Object> mailbox = new LinkedBlockingQueue<>();

        private Exchange(int number) {
            this.number = number;
        }

        /**
         * Waits for the next event.
         *
         * @throws WorkerGone if the worker ends first
         */
        Event next() throws IOException, InterruptedException {
            // whoever opened the exchange after the end was noticed finds an empty mailbox for ever
            if (ended) {
                mailbox.add(new End());
            }
            Object letter = mailbox.take();
            if (letter instanceof WorkerMessage.Failed failed) {
                failed.failure().rethrow();
            }
            if (letter instanceof Event event) {
                return event;
            }
            throw new WorkerGone();
        }

        /** Waits for the answer, of which only one kind is right. */
        <E extends Event> E answer(Class<E> kind) throws IOException, InterruptedException {
            Event event = next();
            if (!kind.isInstance(event)) {
                throw new IOException(
                        "the worker answered " + event.kind() + " where " + kind.getSimpleName() + " was due");
            }
            return kind.cast(event);
        }

        /** The answer, whatever interrupts; the flag is set again at the end. */
        <E extends Event> E answerInSpiteOfInterrupts(Class<E> kind) throws IOException {
            boolean interrupted = false;
            try {
                while (true) {
                    try {
                        return answer(kind);
                    } catch (InterruptedException e) {
                        interrupted = true;
                    }
                }
            } finally {
                if (interrupted) {
                    Thread.currentThread().interrupt();
                }
            }
        }

        /** Says something about this request. */
        void add(Request message) throws IOException {
            send(number, message);
        }

        /** Tells the worker that nobody waits any more. */
        void giveUp() {
            try {
                add(new RunMessage.Cancel());
            } catch (IOException gone) {
                return; // with the worker, all its work is gone as well
            }
        }

        /** Forgets the request; later answers are dropped. */
        @Override
        public void close() {
            open.remove(number);
        }
    }
}
