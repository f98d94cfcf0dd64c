package org.jbuildah.engine.registry;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Base64;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import org.jbuildah.engine.oci.Digest;
import org.jbuildah.engine.oci.MediaType;
import org.jbuildah.engine.oci.Reference;
import org.jspecify.annotations.Nullable;

/** A registry in this JVM, on a loopback port, that fails as it is told. */
public final class LoopbackRegistry implements AutoCloseable {
    /** Answers a request in the registry's place; false leaves it to the next. */
    public interface Fault {
        boolean strike(HttpExchange exchange) throws IOException;
    }

    /** What came in. */
    public record Seen(String method, String path, String query, Map<String, List<String>> headers) {
        public Optional<String> header(String name) {
            return headers.entrySet().stream()
                    .filter(entry -> entry.getKey().equalsIgnoreCase(name))
                    .findFirst()
                    .map(entry -> entry.getValue().get(0));
        }

        @Override
        public String toString() {
            return method + " " + path;
        }
    }

    private static final Pattern MANIFEST = Pattern.compile("/v2/(.+)/manifests/([^/]+)");
    private static final Pattern BLOB = Pattern.compile("/v2/(.+)/blobs/(sha256:[0-9a-f]{64})");
    private static final Pattern UPLOAD = Pattern.compile("/v2/(.+)/blobs/uploads/([^/]*)");
    private static final Pattern TAGS = Pattern.compile("/v2/(.+)/tags/list");

    @SuppressWarnings("ArrayRecordComponent") // passed on, never compared
    private record Typed(String mediaType, byte[] bytes) {}

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<String, Typed> manifests = new ConcurrentSkipListMap<>();
    private final Map<String, byte[]> blobs = new ConcurrentHashMap<>();
    private final Map<String, ByteArrayOutputStream> uploads = new ConcurrentHashMap<>();
    private final Deque<Fault> faults = new ConcurrentLinkedDeque<>();
    private final Queue<Seen> seen = new ConcurrentLinkedQueue<>();
    private volatile @Nullable String challenge;
    private volatile @Nullable String accepted;
    private volatile @Nullable String tokenLogin;
    private volatile boolean relativeLocations;

    private LoopbackRegistry(HttpServer server) {
        this.server = server;
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    public static LoopbackRegistry start() throws IOException {
        return new LoopbackRegistry(HttpServer.create(loopback(), 0));
    }

    public static LoopbackRegistry startTls(SSLContext tls) throws IOException {
        HttpsServer server = HttpsServer.create(loopback(), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(tls));
        return new LoopbackRegistry(server);
    }

    private static InetSocketAddress loopback() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    public String name() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    public Reference image(String repositoryAndTag) {
        return Reference.parse(name() + "/" + repositoryAndTag);
    }

    // ---- what it holds

    public Digest putManifest(String repository, String tag, byte[] bytes) {
        Typed manifest = new Typed(MediaType.OCI_MANIFEST, bytes);
        Digest digest = Digest.of(bytes);
        manifests.put(repository + ":" + tag, manifest);
        manifests.put(repository + ":" + digest, manifest);
        return digest;
    }

    public Digest putBlob(String repository, byte[] bytes) {
        Digest digest = Digest.of(bytes);
        blobs.put(repository + "@" + digest, bytes);
        return digest;
    }

    public byte @Nullable [] blob(String repository, Digest digest) {
        return blobs.get(repository + "@" + digest);
    }

    public byte[] manifest(String repository, String tag) {
        return Objects.requireNonNull(manifests.get(repository + ":" + tag)).bytes();
    }

    // ---- how it behaves

    /** The next request that the fault wants to answer is answered by it, once. */
    public void next(Fault fault) {
        faults.add(fault);
    }

    public void demandBasic(String user, String password) {
        challenge = "Basic realm=\"loopback\"";
        accepted = basic(user, password);
    }

    /** Tokens come from this server's {@code /token}, for a login or, with null, for anyone. */
    public void demandBearer(@Nullable String login) {
        demandBearerFrom("http://" + name() + "/token");
        tokenLogin = login;
    }

    public void demandBearerFrom(String realm) {
        challenge = "Bearer realm=\"" + realm + "\",service=\"loopback\",scope=\"registry:catalog:*\"";
        renewToken();
    }

    /** Lets all tokens given so far expire. */
    public void renewToken() {
        accepted = "Bearer " + UUID.randomUUID();
    }

    public void answerRelativeLocations() {
        relativeLocations = true;
    }

    public List<Seen> seen() {
        return List.copyOf(seen);
    }

    public List<String> seenLines() {
        return seen().stream().map(Seen::toString).toList();
    }

    static String basic(String user, String password) {
        return "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    // ---- faults

    public static Fault status(String method, int status, Map<String, String> headers) {
        return exchange -> {
            if (!exchange.getRequestMethod().equals(method)) {
                return false;
            }
            exchange.getRequestBody().readAllBytes();
            headers.forEach((name, value) -> exchange.getResponseHeaders().add(name, value));
            exchange.sendResponseHeaders(status, -1);
            return true;
        };
    }

    /** Promises a whole body, sends part of it, and hangs up. */
    public static Fault cut(byte[] body, int after) {
        return exchange -> {
            if (!BLOB.matcher(exchange.getRequestURI().getPath()).matches()
                    || !exchange.getRequestMethod().equals("GET")) {
                return false;
            }
            int from = rangeStart(exchange);
            if (from > 0) {
                exchange.getResponseHeaders()
                        .add("Content-Range", "bytes " + from + "-" + (body.length - 1) + "/" + body.length);
            }
            exchange.sendResponseHeaders(from > 0 ? 206 : 200, body.length - from);
            exchange.getResponseBody().write(body, from, after);
            exchange.getResponseBody().flush();
            return true;
        };
    }

    /** Reads the request, then hangs up without an answer. */
    public static Fault hangUp(String method) {
        return exchange -> {
            if (!exchange.getRequestMethod().equals(method)) {
                return false;
            }
            exchange.getRequestBody().readAllBytes();
            exchange.getResponseHeaders().add("Connection", "close");
            throw new IOException("hung up on purpose");
        };
    }

    private static int rangeStart(HttpExchange exchange) {
        String range = exchange.getRequestHeaders().getFirst("Range");
        return range == null ? 0 : Integer.parseInt(range.replaceAll("bytes=([0-9]+)-", "$1"));
    }

    // ---- answering

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String query = exchange.getRequestURI().getRawQuery();
            seen.add(new Seen(
                    exchange.getRequestMethod(),
                    exchange.getRequestURI().getPath(),
                    query == null ? "" : query,
                    Map.copyOf(exchange.getRequestHeaders())));
            // the question whether a port speaks TLS is no business of any fault
            if (!exchange.getRequestURI().getPath().equals("/v2/") && struck(exchange)) {
                return;
            }
            if (exchange.getRequestURI().getPath().equals("/token")) {
                token(exchange);
            } else if (authorized(exchange)) {
                serve(exchange);
            }
        }
    }

    private boolean struck(HttpExchange exchange) throws IOException {
        Deque<Fault> declined = new ArrayDeque<>();
        try {
            for (Fault fault = faults.poll(); fault != null; fault = faults.poll()) {
                if (fault.strike(exchange)) {
                    return true;
                }
                declined.push(fault);
            }
            return false;
        } finally {
            declined.forEach(faults::addFirst);
        }
    }

    private boolean authorized(HttpExchange exchange) throws IOException {
        String wanted = challenge;
        String given = exchange.getRequestHeaders().getFirst("Authorization");
        if (wanted == null || (given != null && given.equals(accepted))) {
            return true;
        }
        exchange.getRequestBody().readAllBytes();
        exchange.getResponseHeaders().add("WWW-Authenticate", wanted);
        answer(
                exchange,
                401,
                "application/json",
                "{\"errors\":[{\"code\":\"UNAUTHORIZED\",\"message\":\"who are you?\"}]}");
        return false;
    }

    private void token(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String login = tokenLogin;
        String given = exchange.getRequestMethod().equals("POST")
                ? URLDecoder.decode(body.replaceAll(".*refresh_token=([^&]*).*", "$1"), StandardCharsets.UTF_8)
                : exchange.getRequestHeaders().getFirst("Authorization");
        if (login != null && !login.equals(given)) {
            answer(exchange, 401, "application/json", "{\"details\":\"incorrect username or password\"}");
            return;
        }
        String token = String.valueOf(accepted).substring("Bearer ".length());
        answer(exchange, 200, "application/json", "{\"token\":\"" + token + "\",\"expires_in\":300}");
    }

    private void serve(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        Matcher manifest = MANIFEST.matcher(path);
        Matcher blob = BLOB.matcher(path);
        Matcher upload = UPLOAD.matcher(path);
        Matcher tags = TAGS.matcher(path);
        if (path.equals("/v2/")) {
            answer(exchange, 200, "application/json", "{}");
        } else if (manifest.matches()) {
            manifest(exchange, manifest.group(1), manifest.group(2));
        } else if (blob.matches()) {
            blob(exchange, blobs.get(blob.group(1) + "@" + blob.group(2)));
        } else if (upload.matches()) {
            upload(exchange, upload.group(1), upload.group(2));
        } else if (tags.matches()) {
            tags(exchange, tags.group(1));
        } else {
            unknown(exchange, "NOT_FOUND", "page not found");
        }
    }

    private void manifest(HttpExchange exchange, String repository, String reference) throws IOException {
        if (exchange.getRequestMethod().equals("PUT")) {
            byte[] bytes = exchange.getRequestBody().readAllBytes();
            manifests.put(
                    repository + ":" + reference,
                    new Typed(exchange.getRequestHeaders().getFirst("Content-Type"), bytes));
            exchange.getResponseHeaders()
                    .add("Docker-Content-Digest", Digest.of(bytes).toString());
            exchange.sendResponseHeaders(201, -1);
            return;
        }
        Typed manifest = manifests.get(repository + ":" + reference);
        if (manifest == null) {
            unknown(exchange, "MANIFEST_UNKNOWN", "manifest unknown");
            return;
        }
        exchange.getResponseHeaders()
                .add("Docker-Content-Digest", Digest.of(manifest.bytes()).toString());
        answer(exchange, 200, manifest.mediaType(), manifest.bytes(), 0);
    }

    private void blob(HttpExchange exchange, byte @Nullable [] bytes) throws IOException {
        if (bytes == null) {
            unknown(exchange, "BLOB_UNKNOWN", "blob unknown to registry");
            return;
        }
        answer(exchange, 200, "application/octet-stream", bytes, rangeStart(exchange));
    }

    private void tags(HttpExchange exchange, String repository) throws IOException {
        List<String> tags = manifests.keySet().stream()
                .filter(key -> key.startsWith(repository + ":") && !key.contains("sha256:"))
                .map(key -> "\"" + key.substring(repository.length() + 1) + "\"")
                .toList();
        if (tags.isEmpty()) {
            unknown(exchange, "NAME_UNKNOWN", "repository name not known to registry");
        } else {
            answer(exchange, 200, "application/json", "{\"name\":\"" + repository + "\",\"tags\":" + tags + "}");
        }
    }

    private void upload(HttpExchange exchange, String repository, String id) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        String query = exchange.getRequestURI().getQuery();
        switch (exchange.getRequestMethod()) {
            case "POST" -> begin(exchange, repository, query == null ? "" : query);
            case "PATCH" -> {
                upload(id).writeBytes(body);
                progress(exchange, repository, id, 202);
            }
            case "GET" -> progress(exchange, repository, id, 204);
            case "DELETE" -> {
                uploads.remove(id);
                exchange.sendResponseHeaders(204, -1);
            }
            default -> finish(exchange, repository, id, body, query);
        }
    }

    private void begin(HttpExchange exchange, String repository, String query) throws IOException {
        Matcher mount = Pattern.compile("mount=([^&]+)&from=([^&]+)").matcher(query);
        byte[] mounted = mount.matches() ? blobs.get(mount.group(2) + "@" + mount.group(1)) : null;
        if (mounted != null) {
            putBlob(repository, mounted);
            exchange.sendResponseHeaders(201, -1);
            return;
        }
        String id = UUID.randomUUID().toString();
        uploads.put(id, new ByteArrayOutputStream());
        progress(exchange, repository, id, 202);
    }

    private void progress(HttpExchange exchange, String repository, String id, int status) throws IOException {
        String location = "/v2/" + repository + "/blobs/uploads/" + id + "?state=a%2Fb";
        exchange.getResponseHeaders().add("Location", relativeLocations ? location : "http://" + name() + location);
        exchange.getResponseHeaders().add("Range", "0-" + Math.max(0, upload(id).size() - 1));
        exchange.sendResponseHeaders(status, -1);
    }

    private void finish(HttpExchange exchange, String repository, String id, byte[] body, String query)
            throws IOException {
        ByteArrayOutputStream upload = uploads.remove(id);
        if (upload == null || !query.startsWith("state=a/b&digest=")) {
            unknown(exchange, "BLOB_UPLOAD_UNKNOWN", "blob upload unknown to registry");
            return;
        }
        upload.writeBytes(body);
        Digest digest = Digest.of(upload.toByteArray());
        if (!query.endsWith("digest=" + digest)) {
            answer(
                    exchange,
                    400,
                    "application/json",
                    "{\"errors\":[{\"code\":\"DIGEST_INVALID\",\"message\":\"wrong\"}]}");
            return;
        }
        putBlob(repository, upload.toByteArray());
        exchange.getResponseHeaders().add("Docker-Content-Digest", digest.toString());
        exchange.sendResponseHeaders(201, -1);
    }

    private ByteArrayOutputStream upload(String id) {
        return Objects.requireNonNull(uploads.get(id), "no such upload");
    }

    private static void unknown(HttpExchange exchange, String code, String message) throws IOException {
        answer(
                exchange,
                404,
                "application/json",
                "{\"errors\":[{\"code\":\"" + code + "\",\"message\":\"" + message + "\"}]}");
    }

    private static void answer(HttpExchange exchange, int status, String type, String text) throws IOException {
        answer(exchange, status, type, text.getBytes(StandardCharsets.UTF_8), 0);
    }

    private static void answer(HttpExchange exchange, int status, String type, byte[] bytes, int from)
            throws IOException {
        exchange.getResponseHeaders().add("Content-Type", type);
        if (from > 0) {
            exchange.getResponseHeaders()
                    .add("Content-Range", "bytes " + from + "-" + (bytes.length - 1) + "/" + bytes.length);
        }
        int length = bytes.length - from;
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.getResponseHeaders().add("Content-Length", String.valueOf(length));
            exchange.sendResponseHeaders(status, -1);
            return;
        }
        exchange.sendResponseHeaders(from > 0 ? 206 : status, length == 0 ? -1 : length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(bytes, from, length);
        } catch (IOException e) {
            throw new UncheckedIOException("the client hung up: " + Arrays.hashCode(bytes), e);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
