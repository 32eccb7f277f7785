import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;

/**
 * A small server for the examples. Arguments: kind, its name, and addresses with ports ({@code 10.0.0.11:80}).
 *
 * <p>{@code web} answers HTTP with its name, the request and the fields that proxies write; it takes websockets and
 * says one word there. {@code line} greets with its name, and sends back one line. {@code dns} answers any question of
 * an address with its own.
 */
class Origin {
    public static void main(String[] arguments) throws Exception {
        String name = arguments[1];
        for (String where : Arrays.copyOfRange(arguments, 2, arguments.length)) {
            int colon = where.lastIndexOf(':');
            InetSocketAddress address = new InetSocketAddress(where.substring(0, colon),
                    Integer.parseInt(where.substring(colon + 1)));
            if (arguments[0].equals("dns")) {
                DatagramSocket socket = new DatagramSocket(address);
                Thread.ofPlatform().start(() -> resolve(socket));
            }
            ServerSocket server = new ServerSocket();
            server.setReuseAddress(true);
            server.bind(address);
            Thread.ofPlatform().start(() -> accept(server, name, arguments[0].equals("web")));
        }
        Files.createFile(Path.of(System.getenv("ORIGIN_UP"), name + ".up"));
    }

    private static void accept(ServerSocket server, String name, boolean web) {
        while (true) {
            try {
                Socket client = server.accept();
                Thread.ofVirtual().start(() -> {
                    try (client) {
                        client.setSoTimeout(10_000);
                        BufferedReader in = new BufferedReader(
                                new InputStreamReader(client.getInputStream(), StandardCharsets.ISO_8859_1));
                        if (web) {
                            while (answer(in, client.getOutputStream(), name)) {
                                continue;
                            }
                        } else {
                            talk(in, client.getOutputStream(), name);
                        }
                    } catch (IOException gone) {
                        // A client that has heard enough.
                    }
                });
            } catch (IOException closed) {
                System.exit(1);
            }
        }
    }

    private static void talk(BufferedReader in, OutputStream out, String name) throws IOException {
        out.write(("220 " + name + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
        String line = in.readLine();
        if (line != null) {
            out.write(("250 " + name + " heard " + line + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
        }
    }

    /** Returns whether another request may follow. */
    private static boolean answer(BufferedReader in, OutputStream out, String name) throws IOException {
        String request = in.readLine();
        if (request == null) {
            return false;
        }
        Map<String, String> fields = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
            int colon = line.indexOf(':');
            fields.merge(line.substring(0, colon), line.substring(colon + 1).strip(),
                    (one, more) -> one + ", " + more);
        }
        in.skip(Long.parseLong(fields.getOrDefault("Content-Length", "0")));
        if (fields.getOrDefault("Upgrade", "").equals("websocket")) {
            out.write(("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                    + "Sec-WebSocket-Accept: " + accepted(fields.get("Sec-WebSocket-Key")) + "\r\n\r\n\u0081"
                    + (char) name.length() + name).getBytes(StandardCharsets.ISO_8859_1));
            return false;
        }
        StringBuilder body = new StringBuilder(name + ": " + request.replace(" HTTP/1.1", "") + "\n");
        fields.forEach((field, value) -> {
            if (field.startsWith("X-")) {
                body.append(field).append(": ").append(value).append('\n');
            }
        });
        out.write(("HTTP/1.1 200 OK\r\nServer: origin\r\nContent-Length: " + body.length()
                + "\r\nContent-Type: text/plain\r\n\r\n" + (request.startsWith("HEAD ") ? "" : body))
                        .getBytes(StandardCharsets.ISO_8859_1));
        return !request.endsWith("HTTP/1.0");
    }

    private static String accepted(String key) throws IOException {
        try {
            return Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-1")
                    .digest((key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").getBytes(StandardCharsets.US_ASCII)));
        } catch (java.security.NoSuchAlgorithmException missing) {
            throw new IOException(missing);
        }
    }

    private static void resolve(DatagramSocket socket) {
        byte[] own = socket.getLocalAddress().getAddress();
        try {
            while (true) {
                DatagramPacket packet = new DatagramPacket(new byte[512], 512);
                socket.receive(packet);
                // The question goes to the end of its name and four octets; what follows it is left out.
                byte[] query = packet.getData();
                int end = 12;
                while (query[end] != 0) {
                    end += query[end] + 1;
                }
                end += 5;
                byte[] reply = Arrays.copyOf(query, end + 16);
                byte[] counts = {(byte) 0x81, (byte) 0x80, 0, 1, 0, 1, 0, 0, 0, 0};
                System.arraycopy(counts, 0, reply, 2, counts.length);
                byte[] answer = {(byte) 0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4};
                System.arraycopy(answer, 0, reply, end, answer.length);
                System.arraycopy(own, 0, reply, end + answer.length, 4);
                socket.send(new DatagramPacket(reply, reply.length, packet.getSocketAddress()));
            }
        } catch (IOException closed) {
            System.exit(1);
        }
    }
}
