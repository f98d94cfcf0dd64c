package org.jbuildah.engine.fetch;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A web server for one folder, with entity tags and a few addresses of its own. */
public final class FileServer implements AutoCloseable {
    /** {@code METHOD path status} of each answer. */
    public final List<String> answers = Collections.synchronizedList(new ArrayList<>());

    /** The value of {@code Authorization} that opens what is private; at first that of me:secret. */
    public volatile String login = "Basic bWU6c2VjcmV0";

    private final HttpServer server;
    private final Path folder;

    public FileServer(Path folder) throws IOException {
        this.folder = folder;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    public String address(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    /**
     * {@code /moved/X} redirects to {@code /X}, {@code /undated/X} has no date, {@code /named/X} is called {@code other name.txt}, and
     * {@code /private/X} wants the login.
     */
    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        if (path.startsWith("/moved/")) {
            exchange.getResponseHeaders().set("Location", path.substring("/moved".length()));
            send(exchange, 302, new byte[0]);
            return;
        }
        String given = exchange.getRequestHeaders().getFirst("Authorization");
        if (path.startsWith("/private/") && !login.equals(given)) {
            send(exchange, 401, new byte[0]);
            return;
        }
        Path file = folder.resolve(path.replaceFirst("^/((undated|named|private)/)?", ""));
        if (!Files.isRegularFile(file)) {
            send(exchange, 404, new byte[0]);
            return;
        }
        byte[] bytes = Files.readAllBytes(file);
        String tag = "\"" + java.util.Arrays.hashCode(bytes) + "\"";
        exchange.getResponseHeaders().set("ETag", tag);
        if (!path.startsWith("/undated/")) {
            exchange.getResponseHeaders().set("Last-Modified", "Sun, 05 May 2019 05:05:05 GMT");
        }
        if (path.startsWith("/named/")) {
            exchange.getResponseHeaders().set("Content-Disposition", "attachment; filename=\"other name.txt\"");
        }
        boolean unchanged = tag.equals(exchange.getRequestHeaders().getFirst("If-None-Match"));
        send(exchange, unchanged ? 304 : 200, unchanged ? new byte[0] : bytes);
    }

    private void send(HttpExchange exchange, int status, byte[] body) throws IOException {
        answers.add(exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath() + " " + status);
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
