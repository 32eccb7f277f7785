package org.relayd.packaging;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import javax.net.SocketFactory;
import javax.net.ssl.SSLSocket;
import org.relayd.packaging.TrainingOrigin.Answer;

/**
 * The clients of the training run. The start-up cache keeps what the JVM learns from them (JEP 515): which branches
 * are taken, which classes come by. What never happened in training is left out of compiled code, and when a service
 * meets it first, say a client that resets its connection, the code is thrown away and compiled again while requests
 * wait. So everything ordinary happens often here and everything else now and then, in the proportion of a
 * service: a profile in which each path came equally often would have the compiler favour the wrong ones.
 */
final class TrainingClients {
    /** Body of the requests that have one. */
    static final String BODY = "name=value&other=text";
    /** Octets of a large body. */
    static final int DOWNLOAD = 10 << 20;
    private static final int AT_ONCE = 8;
    private static final int SESSIONS = 60;
    private static final int REQUESTS = 24;
    private static final int SLOW = 16 * 1024;
    private static final int READERS = 4;
    private static final int DOWNLOADS = 60;

    private final int port;
    private final Supplier<SocketFactory> sockets;

    /**
     * Clients of one relay.
     *
     * @param port
     *            its port on the loopback
     */
    TrainingClients(int port) {
        this(port, SocketFactory::getDefault);
    }

    private TrainingClients(int port, Supplier<SocketFactory> sockets) {
        this.port = port;
        this.sockets = sockets;
    }

    /** Clients of one relay that speaks TLS: each resumes its session once for each that it makes anew. */
    static TrainingClients overTls(int port) {
        return new TrainingClients(port, TrainingTls::client);
    }

    /** How a client leaves. */
    private enum Parting {
        CLOSE, RESET, RESET_IN_BODY, HALF_CLOSE, CONNECTION_CLOSE, MALFORMED
    }

    /**
     * Runs all sessions, some at once.
     *
     * @throws IOException
     *             when a request that deserves an answer did not get its own
     */
    void run() throws IOException, InterruptedException {
        run(AT_ONCE, this::sessions);
        run(READERS, this::downloads);
    }

    /**
     * Runs the sessions of one client, and leaves the large bodies out.
     *
     * @throws IOException
     *             when a request that deserves an answer did not get its own
     */
    void runOnce() throws IOException, InterruptedException {
        run(1, this::sessions);
    }

    private static void run(int atOnce, Callable<Void> client) throws IOException, InterruptedException {
        List<Future<Void>> clients = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < atOnce; i++) {
                clients.add(threads.submit(client));
            }
        }
        for (Future<Void> one : clients) {
            try {
                one.get();
            } catch (ExecutionException failure) {
                throw new IOException("a client of the training run: " + failure.getCause().getMessage(), failure);
            }
        }
    }

    private Void sessions() throws IOException {
        SocketFactory factory = sockets.get();
        for (int i = 0; i < SESSIONS; i++) {
            factory = i % 2 == 0 ? sockets.get() : factory;
            try (Socket socket = factory.createSocket()) {
                if (i % 3 == 0) {
                    socket.setReceiveBufferSize(SLOW); // takes its answers in many small pieces
                } else if (socket instanceof SSLSocket tls) {
                    TrainingTls.name(tls);
                }
                socket.setTcpNoDelay(true);
                socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
                InputStream in = new BufferedInputStream(socket.getInputStream());
                for (int j = 0; j < REQUESTS; j++) {
                    exchange(in, socket.getOutputStream(), j);
                }
                part(Parting.values()[i % Parting.values().length], socket, in);
            }
        }
        return null;
    }

    /** A large body is few calls: hundreds are needed until what they do has been seen often enough. */
    private Void downloads() throws IOException {
        try (Socket socket = sockets.get().createSocket(InetAddress.getLoopbackAddress(), port)) {
            InputStream in = new BufferedInputStream(socket.getInputStream());
            for (int i = 0; i < DOWNLOADS; i++) {
                send(socket.getOutputStream(), request("GET", Answer.HUGE, ""));
                if (!TrainingOrigin.readHead(in).startsWith("HTTP/1.1 200 ")) {
                    throw new IOException("a large body was refused");
                }
                in.skipNBytes(DOWNLOAD);
            }
        }
        return null;
    }

    private static void exchange(InputStream in, OutputStream out, int number) throws IOException {
        switch (number) {
            case 5 -> { // sent ahead
                send(out, request("GET", Answer.SMALL, "") + request("GET", Answer.SMALL, ""));
                expect(in, Answer.SMALL);
                expect(in, Answer.SMALL);
            }
            case 10 -> { // in two pieces
                String request = request("GET", Answer.SMALL, "");
                send(out, request.substring(0, request.length() / 2));
                send(out, request.substring(request.length() / 2));
                expect(in, Answer.SMALL);
            }
            case 15 -> {
                send(out, request("POST", Answer.SMALL, "Content-Length: " + BODY.length() + "\r\n") + BODY);
                expect(in, Answer.SMALL);
            }
            case 20 -> {
                send(out, request("GET", Answer.CHUNKED, ""));
                expect(in, Answer.CHUNKED);
            }
            case REQUESTS - 1 -> {
                send(out, request("GET", Answer.LARGE, ""));
                expect(in, Answer.LARGE);
            }
            default -> {
                send(out, request("GET", Answer.SMALL, ""));
                expect(in, Answer.SMALL);
            }
        }
    }

    private static void part(Parting parting, Socket socket, InputStream in) throws IOException {
        OutputStream out = socket.getOutputStream();
        switch (parting) {
            case CLOSE -> socket.close();
            case RESET -> {
                send(out, request("GET", Answer.SMALL, ""));
                reset(socket);
            }
            case RESET_IN_BODY -> {
                send(out, request("GET", Answer.LARGE, ""));
                in.readNBytes(1 << 16);
                reset(socket);
            }
            case HALF_CLOSE -> {
                send(out, request("GET", Answer.SMALL, ""));
                socket.shutdownOutput();
                expect(in, Answer.SMALL);
            }
            case CONNECTION_CLOSE -> {
                send(out, request("GET", Answer.SMALL, "Connection: close\r\n"));
                expect(in, Answer.SMALL);
            }
            case MALFORMED -> send(out, "GET /\r\n\r\n");
        }
    }

    private static void reset(Socket socket) throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    private static String request(String method, Answer answer, String fields) {
        return method + " " + answer.path() + " HTTP/1.1\r\nHost: training.example\r\nUser-Agent: training\r\n"
                + "Accept: */*\r\n" + fields + "\r\n";
    }

    private static void send(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static void expect(InputStream in, Answer answer) throws IOException {
        String head = TrainingOrigin.readHead(in);
        byte[] body = answer.body();
        if (!head.startsWith("HTTP/1.1 200 ") || !Arrays.equals(in.readNBytes(body.length), body)) {
            throw new IOException("instead of " + answer + " came " + head);
        }
    }
}
