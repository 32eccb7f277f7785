package org.relayd.main.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;

/**
 * One connection of a scenario. What it sends leaves in order on a thread of its own, so that a script never waits for
 * itself. Reads give up after ten seconds.
 */
final class End implements AutoCloseable {
    private static final int PATIENCE = 10_000;
    private static final String EMPTY_LINE = "\r\n\r\n";

    private final String name;
    private final Socket socket;
    private final ExecutorService sender = Executors.newSingleThreadExecutor(Thread.ofVirtual().factory());

    End(String name, Socket socket) throws IOException {
        this.name = name;
        this.socket = socket;
        socket.setSoTimeout(PATIENCE);
        socket.setTcpNoDelay(true);
    }

    /** Port of this end. */
    int port() {
        return socket.getLocalPort();
    }

    /** Address of this end. */
    String address() {
        return socket.getLocalAddress().getHostAddress();
    }

    void send(String octets) {
        inOrder(() -> socket.getOutputStream().write(octets.getBytes(StandardCharsets.ISO_8859_1)));
    }

    void finish() {
        inOrder(socket::shutdownOutput);
    }

    void reset() {
        inOrder(() -> {
            socket.setSoLinger(true, 0);
            socket.close();
        });
    }

    /** Something that may find the connection closed by the relay, which other steps tell. */
    private interface Sending {
        void run() throws IOException;
    }

    private void inOrder(Sending sending) {
        sender.execute(() -> {
            try {
                sending.run();
            } catch (IOException closed) {
                // The relay may refuse early; what it answered is read by other steps.
            }
        });
    }

    void reads(String octets) throws IOException {
        byte[] read = new byte[octets.length()];
        int count = 0;
        try {
            for (int more = 0; count < read.length && more >= 0; count += Math.max(more, 0)) {
                more = socket.getInputStream().read(read, count, read.length - count);
            }
        } catch (SocketTimeoutException silence) {
            assertEquals(octets, text(read, count), name + " has waited for the rest");
        }
        assertEquals(octets, text(read, count), name);
    }

    private static String text(byte[] octets, int count) {
        return new String(octets, 0, count, StandardCharsets.ISO_8859_1);
    }

    void readsHead(String pattern) throws IOException {
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        String text = "";
        while (!text.endsWith(EMPTY_LINE)) {
            int octet = socket.getInputStream().read();
            assertTrue(octet >= 0, name + " sees the end of the stream after: " + text);
            read.write(octet);
            text = octet == '\n' ? read.toString(StandardCharsets.ISO_8859_1) : "";
        }
        assertTrue(Pattern.compile(pattern, Pattern.DOTALL).matcher(text).matches(),
                name + " reads: " + text + "\nnot: " + pattern);
    }

    void seesEnd() throws IOException {
        try {
            readsNothing();
        } catch (SocketException reset) {
            assertTrue(socket.isConnected(), name);
        }
    }

    private void readsNothing() throws IOException {
        assertEquals("", new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1), name);
    }

    void seesReset() {
        assertThrows(SocketException.class, this::readsNothing, name);
    }

    @Override
    public void close() throws IOException {
        sender.shutdownNow();
        socket.close();
    }
}
