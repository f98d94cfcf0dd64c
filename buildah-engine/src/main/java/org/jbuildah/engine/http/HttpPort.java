package org.jbuildah.engine.http;

import java.io.IOException;
import java.io.InputStream;
import java.net.Authenticator;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** Sends single requests: follows redirects, guards the credentials, notices stalls. Knows nothing of what they ask for. */
public final class HttpPort {
    private static final int MAX_REDIRECTS = 5;
    private static final int ANSWER_PATIENCE = 5; // stalls: a server digests a large body before it answers

    private final HttpSettings settings;
    private final Supplier<SSLContext> tls;
    private final boolean downgradeAllowed;
    private final Duration stall;
    private @Nullable HttpClient client;

    /** @param tls asked for once, before the first request: a build that sends none shall not pay for it (0.2 s) */
    public HttpPort(HttpSettings settings, Supplier<SSLContext> tls) {
        this.settings = settings;
        this.tls = tls;
        this.downgradeAllowed = settings.downgradeAllowed();
        this.stall = settings.stall();
    }

    private synchronized HttpClient client() {
        if (client == null) {
            HttpClient.Builder builder = HttpClient.newBuilder()
                    // one connection a transfer: layers side by side do not share one flow-control window
                    .version(HttpClient.Version.HTTP_1_1)
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .connectTimeout(settings.connectTimeout())
                    .sslContext(tls.get());
            Optional<ProxyEnvironment> proxies = ProxyEnvironment.of(settings.proxies());
            builder.proxy(proxies.<ProxySelector>map(selector -> selector).orElseGet(ProxySelector::getDefault));
            proxies.flatMap(ProxyEnvironment::authenticator)
                    .ifPresent((Authenticator login) -> builder.authenticator(login));
            client = builder.build();
        }
        return client;
    }

    /**
     * Sends a request and follows its redirects.
     *
     * @param authorization goes to {@code home} and is dropped on the way to any other origin
     */
    public HttpAnswer send(HttpCall request, Optional<String> authorization, URI home)
            throws IOException, InterruptedException {
        HttpCall next = request;
        for (int hops = 0; hops <= MAX_REDIRECTS; hops++) {
            boolean atHome = Uris.origin(next.uri()).equals(Uris.origin(home));
            HttpAnswer answer = exchange(next, atHome ? authorization : Optional.empty());
            if (!answer.redirect()) {
                return answer;
            }
            try (answer) {
                URI target = answer.location();
                refuseDowngrade(next.uri(), target);
                next = (answer.status() == 303 ? next.asGet() : next).to(target);
            }
        }
        throw new IOException(Uris.shown(request.uri()) + " was redirected more than " + MAX_REDIRECTS + " times");
    }

    private void refuseDowngrade(URI from, URI to) throws IOException {
        if (Uris.secure(from) && !Uris.secure(to) && !downgradeAllowed && !Uris.isLoopback(Uris.host(to))) {
            throw new IOException(Uris.shown(from) + " redirects from https to " + Uris.shown(to)
                    + ", which is refused while TLS is verified");
        }
    }

    private HttpAnswer exchange(HttpCall request, Optional<String> authorization)
            throws IOException, InterruptedException {
        RequestBody body = request.body();
        if (body == null) {
            return await(built(request, authorization, BodyPublishers.noBody()), null, 0);
        }
        try (SentBytes bytes = new SentBytes(body.source().open(), body.sent())) {
            // fromPublisher refuses a length of zero
            BodyPublisher publisher = body.length() == 0
                    ? BodyPublishers.noBody()
                    : BodyPublishers.fromPublisher(
                            BodyPublishers.ofInputStream(() -> (InputStream) bytes), body.length());
            try {
                return await(built(request, authorization, publisher), bytes, body.length());
            } catch (IOException e) {
                IOException unreadable = bytes.unreadable();
                if (unreadable != null) {
                    throw new BodyUnreadable(unreadable);
                }
                throw e;
            }
        }
    }

    private static HttpRequest built(HttpCall request, Optional<String> authorization, BodyPublisher body) {
        HttpRequest.Builder builder = HttpRequest.newBuilder(request.uri())
                .method(request.method(), body)
                .header("User-Agent", "jbuildah");
        request.headers().forEach(builder::header);
        authorization.ifPresent(value -> builder.header("Authorization", value));
        return builder.build();
    }

    private HttpAnswer await(HttpRequest request, @Nullable SentBytes sent, long length)
            throws IOException, InterruptedException {
        CompletableFuture<HttpResponse<BodyStream>> future =
                client().sendAsync(request, headers -> new BodyStream(stall));
        try {
            HttpResponse<BodyStream> response = await(future, sent, length);
            return new HttpAnswer(response.statusCode(), response.headers(), response.body(), response.uri());
        } catch (InterruptedException | IOException e) {
            future.cancel(true);
            throw e;
        }
    }

    private HttpResponse<BodyStream> await(
            CompletableFuture<HttpResponse<BodyStream>> future, @Nullable SentBytes sent, long length)
            throws IOException, InterruptedException {
        long seen = -1;
        while (true) {
            long count = sent == null ? 0 : sent.count();
            boolean wholeBodySent = sent != null && count >= length;
            try {
                return future.get(
                        wholeBodySent ? stall.toMillis() * ANSWER_PATIENCE : stall.toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                if (count == seen || sent == null || wholeBodySent) {
                    HttpTimeoutException stalled =
                            new HttpTimeoutException("nothing moved for " + stall.toSeconds() + " s");
                    stalled.initCause(e);
                    throw stalled;
                }
                seen = count;
            } catch (ExecutionException e) {
                throw e.getCause() instanceof IOException io ? io : new IOException(String.valueOf(e.getCause()), e);
            }
        }
    }

    /** The body could not be read on our side: no server is to blame, and no retry helps. */
    public static final class BodyUnreadable extends IOException {
        private static final long serialVersionUID = 1L;

        BodyUnreadable(IOException cause) {
            super(cause.getMessage(), cause);
        }
    }
}
