package org.relayd.runtime.relay;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * Plain blocking sockets for the two ends of a relay; texts are ISO 8859-1, one octet a character. Every read gives up
 * after ten seconds.
 */
public final class Peers {
    private static final int PATIENCE = 10_000;

    private Peers() {}

    /** Connects to a loopback port. */
    public static Socket connect(int port) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(PATIENCE);
        socket.setTcpNoDelay(true);
        return socket;
    }

    /** Listens on a free loopback port. */
    public static ServerSocket listen() throws IOException {
        return listen("127.0.0.1", 0);
    }

    /** Listens on a loopback address. */
    public static ServerSocket listen(String address, int port) throws IOException {
        ServerSocket server = new ServerSocket(port, 50, InetAddress.getByName(address));
        server.setSoTimeout(PATIENCE);
        return server;
    }

    /** Accepts one connection. */
    public static Socket accept(ServerSocket server) throws IOException {
        Socket socket = server.accept();
        socket.setSoTimeout(PATIENCE);
        socket.setTcpNoDelay(true);
        return socket;
    }

    /** Sends a text. */
    public static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Sends as much of a text as the other side takes: it may refuse what it saw and close before it has seen all. */
    public static void offer(Socket socket, String text) {
        try {
            send(socket, text);
        } catch (IOException closedEarly) {
            // What was answered tells the test what happened.
        }
    }

    /** Closes with a reset. */
    public static void reset(Socket socket) throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    /** Reads exactly as many octets as the text has and returns them. */
    public static String read(Socket socket, int count) throws IOException {
        return new String(socket.getInputStream().readNBytes(count), StandardCharsets.ISO_8859_1);
    }

    /** Reads up to and including a text. */
    public static String readUntil(Socket socket, String end) throws IOException {
        StringBuilder text = new StringBuilder();
        InputStream in = socket.getInputStream();
        while (text.length() < end.length() || !text.substring(text.length() - end.length()).equals(end)) {
            int octet = in.read();
            if (octet < 0) {
                return text.toString();
            }
            text.append((char) octet);
        }
        return text.toString();
    }

    /**
     * Waits for at most the read timeout of the socket: whether the stream ended in that time; a reset counts as an
     * end.
     */
    public static boolean hasEnded(Socket socket) throws IOException {
        try {
            return socket.getInputStream().read() < 0;
        } catch (java.net.SocketTimeoutException silence) {
            return false;
        } catch (java.net.SocketException reset) {
            return true;
        }
    }

    /** Reads to the end of the stream; a reset is told by {@code <reset>}. */
    public static String readToEndOrReset(Socket socket) throws IOException {
        StringBuilder text = new StringBuilder();
        try {
            InputStream in = socket.getInputStream();
            for (int octet = in.read(); octet >= 0; octet = in.read()) {
                text.append((char) octet);
            }
        } catch (java.net.SocketException reset) {
            text.append("<reset>");
        }
        return text.toString();
    }

    /** Reads to the end of the stream; a reset counts as an end. */
    public static String readAll(Socket socket) throws IOException {
        return readToEndOrReset(socket).replace("<reset>", "");
    }
}
