package org.relayd.main.daemon;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/** An HTTP server on a loopback address that answers every request with its name. */
public final class NamedOrigin implements AutoCloseable {
    private final HttpServer server;

    private NamedOrigin(HttpServer server) {
        this.server = server;
    }

    public static NamedOrigin start(String address, int port) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getByName(address), port), 50);
        server.createContext("/", exchange -> {
            byte[] body = address.getBytes(StandardCharsets.UTF_8);
            // Without it the client keeps the connection although it asked to close it, and races with its end.
            exchange.getResponseHeaders().set("Connection", "close");
            exchange.sendResponseHeaders(200, exchange.getRequestMethod().equals("HEAD") ? -1 : body.length);
            if (!exchange.getRequestMethod().equals("HEAD")) {
                exchange.getResponseBody().write(body);
            }
            exchange.close();
        });
        server.start();
        return new NamedOrigin(server);
    }

    public int port() {
        return server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
