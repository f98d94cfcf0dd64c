package org.jbuildah.sample;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** Greets whoever asks on port 8080. With {@code --train} it asks itself once and ends: what it loads for that goes into the archive. */
public final class Greeter {
    private static final int PORT = 8080;
    private static final int OK = 200;

    private Greeter() {}

    public static void main(String[] arguments) throws IOException {
        boolean train = arguments.length > 0 && arguments[0].equals("--train");
        HttpServer server = HttpServer.create(new InetSocketAddress(train ? 0 : PORT), 0);
        server.createContext("/", Greeter::greet);
        server.start();
        if (train) {
            URI self = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
            try (InputStream answer = self.toURL().openStream()) {
                System.out.print("trained on: " + new String(answer.readAllBytes(), StandardCharsets.UTF_8));
            }
            server.stop(0);
        } else {
            System.out.println("greeting on port " + PORT);
        }
    }

    private static void greet(HttpExchange exchange) throws IOException {
        byte[] page = "Hello from an image without a daemon.\n".getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(OK, page.length);
        exchange.getResponseBody().write(page);
        exchange.close();
    }
}
