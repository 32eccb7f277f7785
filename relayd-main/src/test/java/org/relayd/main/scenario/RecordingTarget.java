package org.relayd.main.scenario;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.relayd.main.scenario.SentRow.Moment;

/** A target that records every octet and answers each request as another parser reads it. */
final class RecordingTarget implements AutoCloseable {
    private final ServerSocket listener = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    private final List<ByteArrayOutputStream> streams = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private final SentRow.Answer first;
    private final Thread acceptor;
    private boolean answered;
    private boolean inAdvance;

    RecordingTarget(SentRow.Answer first) throws IOException {
        this.first = first;
        acceptor = Thread.ofVirtual().start(this::accept);
    }

    int port() {
        return listener.getLocalPort();
    }

    private void accept() {
        try {
            while (true) {
                Socket connection = listener.accept();
                ByteArrayOutputStream record = new ByteArrayOutputStream();
                synchronized (this) {
                    streams.add(record);
                    threads.add(Thread.ofVirtual().start(() -> serve(connection, record)));
                }
            }
        } catch (SocketException closed) {
            // By close.
        } catch (IOException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private void serve(Socket connection, ByteArrayOutputStream record) {
        try (connection; RequestReader reader = new RequestReader()) {
            byte[] octets = new byte[65_536];
            String request = "";
            for (int count = connection.getInputStream().read(octets); count >= 0;
                    count = connection.getInputStream().read(octets)) {
                record.write(octets, 0, count);
                for (RequestReader.Part part : reader.take(octets, count)) {
                    request = part.whole() ? request : part.text();
                    answer(connection, request, part.whole());
                }
            }
        } catch (IOException cut) {
            // The relay may end a session at any time; what came before is recorded.
        }
    }

    private void answer(Socket connection, String request, boolean whole) throws IOException {
        Optional<String> due = due(request, whole);
        if (due.isPresent()) {
            connection.getOutputStream().write(due.get().getBytes(StandardCharsets.ISO_8859_1));
            if (due.equals(first.octets()) && first.moment() == Moment.LAST) {
                connection.shutdownOutput();
            }
        }
    }

    /** What is to be answered now; only an interim response in advance leaves the usual one due. */
    private synchronized Optional<String> due(String request, boolean whole) {
        Optional<String> own = first.octets();
        if (own.isPresent() && !answered && whole == (first.moment() != Moment.EARLY)) {
            answered = true;
            inAdvance = !whole && !own.get().startsWith("HTTP/1.1 1");
            return own;
        }
        boolean due = whole && !inAdvance;
        inAdvance &= !whole;
        String body = request.startsWith("HEAD ") ? "" : request;
        return due ? Optional.of("HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n" + body)
                : Optional.empty();
    }

    /** Stops and tells what each connection brought. To be called when the relay is gone. */
    List<String> finish() throws IOException, InterruptedException {
        listener.close();
        acceptor.join();
        // Nobody is added any more; a thread may have to answer before it ends.
        for (Thread thread : threads) {
            thread.join();
        }
        synchronized (this) {
            return streams.stream().map(stream -> stream.toString(StandardCharsets.ISO_8859_1)).toList();
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
