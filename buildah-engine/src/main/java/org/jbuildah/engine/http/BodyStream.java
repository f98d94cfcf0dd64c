package org.jbuildah.engine.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A response body as a stream that notices when nothing comes any more, and that an interrupt ends.
 *
 * <p>The JDK's own body stream does neither: its timeouts end with the headers, and older releases swallow interrupts.
 */
public final class BodyStream extends InputStream implements HttpResponse.BodySubscriber<BodyStream> {
    private static final int READ_AHEAD = 8; // lists of buffers, 16 KiB each as a rule

    private sealed interface Arrival {
        record Bytes(List<ByteBuffer> buffers) implements Arrival {}

        record End() implements Arrival {}

        record Lost(Throwable why) implements Arrival {}
    }

    private final Duration stall;
    private final BlockingQueue<Arrival> arrivals = new LinkedBlockingQueue<>();
    private final Queue<ByteBuffer> current = new ArrayDeque<>();
    private volatile Flow.@Nullable Subscription subscription;
    private boolean ended;
    private volatile boolean closed;

    BodyStream(Duration stall) {
        this.stall = stall;
    }

    // ---- the HTTP client's side

    @Override
    public CompletionStage<BodyStream> getBody() {
        return CompletableFuture.completedStage(this);
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        subscription = given;
        if (closed) {
            given.cancel(); // close() came between, and saw none
        } else {
            given.request(READ_AHEAD);
        }
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        arrivals.add(new Arrival.Bytes(buffers));
    }

    @Override
    public void onError(Throwable why) {
        arrivals.add(new Arrival.Lost(why));
    }

    @Override
    public void onComplete() {
        arrivals.add(new Arrival.End());
    }

    // ---- the reader's side

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        int n = read(one, 0, 1);
        return n < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (closed) {
            throw new IOException("the response body is closed");
        }
        if (length == 0) {
            return 0;
        }
        ByteBuffer buffer = nextBuffer();
        if (buffer == null) {
            return -1;
        }
        int n = Math.min(length, buffer.remaining());
        buffer.get(target, offset, n);
        return n;
    }

    private @Nullable ByteBuffer nextBuffer() throws IOException {
        while (true) {
            ByteBuffer head = current.peek();
            if (head != null && head.hasRemaining()) {
                return head;
            }
            if (head != null) {
                current.remove();
                continue;
            }
            if (ended) {
                return null;
            }
            take();
        }
    }

    private void take() throws IOException {
        Arrival arrival = await();
        if (arrival instanceof Arrival.Bytes bytes) {
            current.addAll(bytes.buffers());
            Flow.Subscription source = subscription;
            if (source != null) {
                source.request(1);
            }
        } else if (arrival instanceof Arrival.Lost lost) {
            ended = true;
            throw new IOException("the connection was lost: " + lost.why().getMessage(), lost.why());
        } else {
            ended = true;
        }
    }

    private Arrival await() throws IOException {
        try {
            Arrival arrival = arrivals.poll(stall.toMillis(), TimeUnit.MILLISECONDS);
            if (arrival == null) {
                close();
                throw new HttpTimeoutException("no byte arrived for " + stall.toSeconds() + " s");
            }
            return arrival;
        } catch (InterruptedException e) {
            close();
            Thread.currentThread().interrupt();
            InterruptedIOException interrupted =
                    new InterruptedIOException("interrupted while a response body arrived");
            interrupted.initCause(e);
            throw interrupted;
        }
    }

    /** Ends the transfer; the connection is given up unless the body was read to its end. */
    @Override
    public void close() {
        closed = true;
        Flow.Subscription source = subscription;
        if (source != null && !ended) {
            source.cancel();
        }
    }
}
