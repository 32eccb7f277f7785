package org.relayd.main.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;

/**
 * One connection of a scenario. What it sends leaves in order on a thread of its own, so that a script never waits for
 * itself. Reads give up after ten seconds.
 */
final class End implements AutoCloseable {
    private static final int PATIENCE = 10_000;
    private static final String EMPTY_LINE = "\r\n\r\n";

    private final String name;
    private final Socket socket;
    /** Empty while it speaks in clear. */
    private Optional<Future<TlsTalk>> tls = Optional.empty();
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

    /** Shakes hands, with what was sent before it in front. */
    void secure(Certificates certificates, String words) throws IOException {
        boolean client = !name.startsWith("target") && !name.startsWith("other");
        TlsTalk talk = certificates.talk(socket, client, words);
        tls = Optional.of(sender.submit(() -> {
            talk.shakeHands();
            return talk;
        }));
    }

    private TlsTalk talk() throws IOException {
        try {
            return tls.orElseThrow().get(PATIENCE, TimeUnit.MILLISECONDS);
        } catch (ExecutionException failed) {
            throw new AssertionError(name + " is refused: " + failed.getCause(), failed.getCause());
        } catch (TimeoutException late) {
            throw new AssertionError(name + " still shakes hands", late);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IOException(stopped);
        }
    }

    void isRefused() {
        AssertionError refused = assertThrows(AssertionError.class, this::talk, name);
        assertTrue(refused.getCause() instanceof IOException, refused.getMessage());
    }

    /** The names in the certificate of the other end. */
    String shown() throws IOException {
        try {
            return String.join(",", Certificates.names((X509Certificate) talk().session().getPeerCertificates()[0]));
        } catch (GeneralSecurityException strange) {
            throw new IOException(strange);
        }
    }

    /** The name that the other end asked for. */
    String askedFor() throws IOException {
        return talk().session().getRequestedServerNames().stream()
                .map(asked -> new String(asked.getEncoded(), StandardCharsets.ISO_8859_1)).findFirst()
                .orElse("nobody");
    }

    void hearsHello() throws IOException {
        byte[] head = socket.getInputStream().readNBytes(5);
        assertEquals("160301", HexFormat.of().formatHex(head, 0, 3), name);
        int length = ((head[3] & 0xff) << Byte.SIZE) | (head[4] & 0xff);
        assertEquals(length, socket.getInputStream().readNBytes(length).length);
    }

    void send(String octets) {
        byte[] sent = octets.getBytes(StandardCharsets.ISO_8859_1);
        if (tls.isPresent()) {
            inOrder(() -> talk().write(sent));
        } else {
            inOrder(() -> socket.getOutputStream().write(sent));
        }
    }

    void finish() {
        if (tls.isPresent()) {
            inOrder(() -> {
                talk().finish();
                socket.shutdownOutput();
            });
        } else {
            inOrder(socket::shutdownOutput);
        }
    }

    void cutOff() {
        inOrder(socket::shutdownOutput);
    }

    private int read(byte[] to, int from, int count) throws IOException {
        return tls.isPresent() ? talk().read(to, from, count) : socket.getInputStream().read(to, from, count);
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
            } catch (IOException | AssertionError closed) {
                // The relay may refuse early; what it answered is read by other steps.
            }
        });
    }

    void reads(String octets) throws IOException {
        byte[] read = new byte[octets.length()];
        int count = 0;
        try {
            for (int more = 0; count < read.length && more >= 0; count += Math.max(more, 0)) {
                more = read(read, count, read.length - count);
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
            byte[] octet = new byte[1];
            assertTrue(read(octet, 0, 1) > 0, name + " sees the end of the stream after: " + text);
            read.write(octet[0]);
            text = octet[0] == '\n' ? read.toString(StandardCharsets.ISO_8859_1) : "";
        }
        assertTrue(Pattern.compile(pattern, Pattern.DOTALL).matcher(text).matches(),
                name + " reads: " + text + "\nnot: " + pattern);
    }

    void seesEnd() throws IOException {
        try {
            readsNothing();
        } catch (SocketException reset) {
            assertTrue(tls.isEmpty(), name + " sees a reset");
        }
    }

    private void readsNothing() throws IOException {
        byte[] more = new byte[1024];
        int count = read(more, 0, more.length);
        assertEquals("", text(more, Math.max(0, count)), name);
    }

    void seesCut() {
        assertThrows(EOFException.class, this::readsNothing, name);
    }

    void seesAlert() {
        assertThrows(SSLException.class, this::readsNothing, name);
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
