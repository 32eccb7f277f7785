package org.relayd.runtime;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A server on a free port of 127.0.0.1; each connection runs on a thread of its own and is closed when the
 * conversation returns.
 */
public final class LoopbackServer implements AutoCloseable {
    /** What is said on one connection. */
    @FunctionalInterface
    public interface Conversation {
        /** Talks; an exception ends the connection only. */
        void talk(Socket client) throws IOException;
    }

    private final ServerSocket listener;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    /** Starts a server on a listening socket, plain or TLS. */
    public LoopbackServer(ServerSocket listener, Conversation conversation) {
        this.listener = listener;
        threads.execute(() -> accept(conversation));
    }

    /** Starts a plain server. */
    public static LoopbackServer start(Conversation conversation) throws IOException {
        return new LoopbackServer(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), conversation);
    }

    /** Returns the port. */
    public int port() {
        return listener.getLocalPort();
    }

    private void accept(Conversation conversation) {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                threads.execute(() -> talk(client, conversation));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private static void talk(Socket client, Conversation conversation) {
        try (client) {
            conversation.talk(client);
        } catch (IOException gone) {
            // The other side closed first; tests look at what it saw.
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        threads.shutdownNow();
    }
}
