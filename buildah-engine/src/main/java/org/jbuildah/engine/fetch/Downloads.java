package org.jbuildah.engine.fetch;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jbuildah.engine.content.BlobWriter;
import org.jbuildah.engine.content.ContentStore;
import org.jbuildah.engine.http.BodyStream;
import org.jbuildah.engine.http.HttpAnswer;
import org.jbuildah.engine.http.HttpCall;
import org.jbuildah.engine.http.HttpPort;
import org.jbuildah.engine.http.HttpSettings;
import org.jbuildah.engine.http.Pauses;
import org.jbuildah.engine.http.RetryPolicy;
import org.jbuildah.engine.http.Trust;
import org.jbuildah.engine.oci.Descriptor;
import org.jbuildah.engine.oci.Digest;
import org.jspecify.annotations.Nullable;

/** Files over HTTP, kept as blobs. What is known of an address is a small record beside them. */
final class Downloads {
    private static final int RETRIES = 3;

    private final ContentStore store;
    private final HttpPort port;
    private final RetryPolicy retry;
    private final Memory memory;
    private final Logins logins;

    private Downloads(ContentStore store, HttpPort port, RetryPolicy retry, Logins logins) {
        this.store = store;
        this.port = port;
        this.retry = retry;
        this.logins = logins;
        this.memory = new Memory(store);
    }

    static Downloads of(ContentStore store, boolean verifyTls, Map<String, String> environment, Logins logins) {
        HttpSettings settings =
                new HttpSettings(!verifyTls, environment, Duration.ofSeconds(30), Duration.ofSeconds(60));
        HttpPort port = new HttpPort(settings, verifyTls ? Trust::platform : () -> Trust.anything(List.of()));
        return new Downloads(
                store,
                port,
                new RetryPolicy(RETRIES, Pauses.doubling(Duration.ofSeconds(1)), Clock.systemUTC()),
                logins);
    }

    Download download(WebAddress address, @Nullable Digest promised) throws InterruptedException {
        try {
            Optional<Memory.Known> known = memory.recall(address);
            if (known.isPresent() && known.get().download().digest().equals(promised)) {
                return known.get().download();
            }
            Download download = fetched(address, known);
            if (promised != null && !download.digest().equals(promised)) {
                throw FetchLetters.anotherFile(address, download.digest(), promised);
            }
            return download;
        } catch (InterruptedIOException interrupted) {
            throw interruption(interrupted);
        } catch (IOException failure) {
            throw FetchLetters.unreachable(address, failure);
        }
    }

    private static InterruptedException interruption(InterruptedIOException cause) {
        Thread.interrupted(); // the exception says it from here on
        InterruptedException interrupted = new InterruptedException(cause.getMessage());
        interrupted.initCause(cause);
        return interrupted;
    }

    private Download fetched(WebAddress address, Optional<Memory.Known> known)
            throws IOException, InterruptedException {
        HttpCall call = HttpCall.of("GET", address.uri());
        if (known.isPresent() && !known.get().entityTag().isEmpty()) {
            call = call.withHeader("If-None-Match", known.get().entityTag());
        }
        for (int failures = 0; ; failures++) {
            try (HttpAnswer answer = answer(call, address)) {
                if (answer.status() == 304 && known.isPresent()) {
                    return known.get().download();
                }
                if (!answer.success()) {
                    throw FetchLetters.refused(address, answer.status());
                }
                return taken(address, answer);
            } catch (InterruptedIOException interrupted) {
                throw interrupted;
            } catch (IOException broken) {
                if (failures == RETRIES || !RetryPolicy.passing(broken)) {
                    throw broken;
                }
                retry.pause(failures, Optional.empty());
            }
        }
    }

    private HttpAnswer answer(HttpCall call, WebAddress address) throws IOException, InterruptedException {
        Optional<String> login = logins.ofWeb(address.uri()).or(address::authorization);
        return retry.send(() -> port.send(call, login, address.uri()));
    }

    private Download taken(WebAddress address, HttpAnswer answer) throws IOException {
        Descriptor blob;
        try (BlobWriter writer = store.newBlob();
                BodyStream body = answer.body()) {
            body.transferTo(writer);
            blob = writer.commit("application/octet-stream");
        }
        URI last = answer.uri();
        Download download = new Download(
                blob.digest(), blob.size(), last, ServedName.of(answer, last), ServedName.lastModified(answer));
        memory.remember(
                address, new Memory.Known(download, answer.header("ETag").orElse("")));
        return download;
    }
}
