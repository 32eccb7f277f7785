import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/**
 * A small web server for the quickstart: says which origin it is and what it was asked. Arguments: address and port.
 */
class Origin {
    public static void main(String[] arguments) throws IOException {
        String address = arguments[0];
        HttpServer server;
        try {
            server = HttpServer.create(new InetSocketAddress(address, Integer.parseInt(arguments[1])), 0);
        } catch (IOException busy) {
            System.err.println("origin " + address + ":" + arguments[1] + ": " + busy.getMessage());
            System.exit(1);
            return;
        }
        server.createContext("/health", exchange -> answer(exchange, "well\n"));
        server.createContext("/", exchange -> answer(exchange, "origin " + address + ": " + exchange.getRequestMethod() + " "
            + exchange.getRequestURI() + " for " + exchange.getRequestHeaders().getFirst("X-Forwarded-For") + "\n"));
        server.start();
    }

    private static void answer(HttpExchange exchange, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        boolean head = exchange.getRequestMethod().equals("HEAD");
        exchange.getResponseHeaders().set("Content-Type", "text/plain");
        exchange.getResponseHeaders().set("X-Origin-Secret", "only relayd may see this");
        exchange.sendResponseHeaders(200, head ? -1 : body.length);
        if (!head) {
            exchange.getResponseBody().write(body);
        }
        exchange.close();
    }
}
