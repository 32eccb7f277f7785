package org.relayd.packaging;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;

/**
 * The server behind the relays of the training run. Answers each request in one piece, as most servers do, with the
 * body that its path asks for; see {@link Answer}.
 */
final class TrainingOrigin implements AutoCloseable {
    private static final int BACKLOG = 128;

    private final ServerSocket listener = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
    private final Map<Answer, byte[]> octets = new EnumMap<>(Answer.class);

    /** Starts to serve on a free port of the loopback. */
    TrainingOrigin() throws IOException {
        for (Answer answer : Answer.values()) {
            octets.put(answer, answer.octets());
        }
        Thread.ofVirtual().start(this::accept);
    }

    int port() {
        return listener.getLocalPort();
    }

    /** What can be asked for. */
    enum Answer {
        /** 1 KiB with its length. */
        SMALL("Content-Length: 1024\r\n\r\n" + "a".repeat(1024)),
        /** 1 MiB with its length. */
        LARGE("Content-Length: 1048576\r\n\r\n" + "b".repeat(1 << 20)),
        /** 10 MiB with its length. */
        HUGE("Content-Length: " + TrainingClients.DOWNLOAD + "\r\n\r\n" + "h".repeat(TrainingClients.DOWNLOAD)),
        /** Two chunks. */
        CHUNKED("Transfer-Encoding: chunked\r\n\r\n400\r\n" + "c".repeat(1024) + "\r\n5\r\nddddd\r\n0\r\n\r\n");

        private static final String HEAD = """
                HTTP/1.1 200 OK\r
                Server: training\r
                Date: Thu, 01 Jan 2026 00:00:00 GMT\r
                Content-Type: text/plain\r
                ETag: "0123456789abcdef"\r
                """;
        private final String text;

        Answer(String rest) {
            text = rest;
        }

        String path() {
            return "/" + name();
        }

        /** Returns the body as it stands after the head. */
        byte[] body() {
            return text.substring(text.indexOf("\r\n\r\n") + 4).getBytes(StandardCharsets.ISO_8859_1);
        }

        private byte[] octets() {
            return (HEAD + text).getBytes(StandardCharsets.ISO_8859_1);
        }

        private static Answer to(String head) {
            for (Answer answer : values()) {
                if (head.contains(answer.path())) {
                    return answer;
                }
            }
            return SMALL; // a health check
        }
    }

    private void accept() {
        try {
            while (true) {
                Socket client = listener.accept();
                Thread.ofVirtual().start(() -> serve(client));
            }
        } catch (IOException _) {
            // closed: the training is over
        }
    }

    private void serve(Socket client) {
        try (client) {
            InputStream in = new BufferedInputStream(client.getInputStream());
            for (String head = readHead(in); head.endsWith("\r\n\r\n"); head = readHead(in)) {
                if (head.contains("Content-Length: ")) {
                    in.skipNBytes(TrainingClients.BODY.length());
                }
                client.getOutputStream().write(octets.get(Answer.to(head)));
            }
        } catch (IOException _) {
            // Clients that break off are part of the training.
        }
    }

    /** Returns the octets up to and with the next empty line; fewer at the end of the stream. */
    static String readHead(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        for (int octet = in.read(); octet >= 0; octet = in.read()) {
            head.append((char) octet);
            if (octet == '\n' && head.length() > 3 && head.charAt(head.length() - 3) == '\n') {
                break;
            }
        }
        return head.toString();
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
