package org.relayd.runtime.relay.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.relayd.ir.term.Dialect;
import org.relayd.runtime.SocketKind;
import org.relayd.runtime.relay.Paths;
import org.relayd.runtime.relay.Peers;

/** A target that answers while the client still sends, and closes: every client reads that answer. */
class EarlyAnswerTest {
    private static final int CLIENTS = 200;
    private static final int BODY = 512 * 1024;
    private static final String ANSWER = "HTTP/1.1 413 Too Large\r\nConnection: close\r\nContent-Length: 8\r\n\r\ntoo much";

    /** What the target does after its answer. */
    enum Way {
        /** Closes while octets that it did not read are there: its system resets the connection. */
        CLOSES_UNREAD,
        /** Reads half of the body first. */
        CLOSES_AT_HALF,
        /** Ends its direction, and closes when the relay does. */
        SHUTS_DOWN,
        /** Closes at half of the body without an answer. */
        SAYS_NOTHING;

        boolean isAnswer(String answer) {
            return this == SAYS_NOTHING ? answer.startsWith("HTTP/1.0 502 ") && answer.endsWith("</html>\n")
                    : answer.equals(ANSWER);
        }
    }

    static List<Arguments> members() {
        List<Arguments> all = new ArrayList<>();
        for (Way way : Way.values()) {
            for (boolean chunked : new boolean[]{false, true}) {
                all.add(Arguments.of(SocketKind.ofThisMachine(), true, way, chunked));
                all.add(Arguments.of(SocketKind.ofThisMachine(), false, way, chunked));
                all.add(Arguments.of(SocketKind.PORTABLE, false, way, chunked));
            }
        }
        return all;
    }

    private static void answer(HttpScene scene, Way way) throws IOException {
        Socket target = scene.freshTarget();
        Thread.ofVirtual().start(() -> {
            try (target) {
                Peers.readUntil(target, "\r\n\r\n");
                if (way == Way.CLOSES_AT_HALF || way == Way.SAYS_NOTHING) {
                    target.getInputStream().readNBytes(BODY / 2);
                }
                if (way != Way.SAYS_NOTHING) {
                    Peers.send(target, ANSWER);
                }
                if (way == Way.SHUTS_DOWN) {
                    target.shutdownOutput();
                    target.getInputStream().transferTo(OutputStream.nullOutputStream());
                }
            } catch (SocketException reset) {
                // The relay has closed meanwhile.
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        });
    }

    /** A simple client: sends all before it reads, and gives up if it cannot. */
    private static String upload(HttpScene scene, boolean chunked) throws IOException {
        try (Socket client = scene.freshClient()) {
            OutputStream out = client.getOutputStream();
            Peers.send(client, "PUT / HTTP/1.1\r\nHost: x\r\n"
                    + (chunked ? "Transfer-Encoding: chunked\r\n\r\n" : "Content-Length: " + BODY + "\r\n\r\n"));
            byte[] piece = new byte[32 * 1024];
            for (int sent = 0; sent < BODY; sent += piece.length) {
                if (chunked) {
                    out.write((Integer.toHexString(piece.length) + "\r\n").getBytes(StandardCharsets.US_ASCII));
                }
                out.write(piece);
                if (chunked) {
                    out.write(new byte[]{'\r', '\n'});
                }
            }
            if (chunked) {
                Peers.send(client, "0\r\n\r\n");
            }
            return Peers.readToEndOrReset(client);
        }
    }

    @ParameterizedTest
    @MethodSource("members")
    void everyClientReadsIt(SocketKind kind, boolean splice, Way way, boolean chunked) throws Exception {
        try (ExecutorService clients = Executors.newFixedThreadPool(4);
                HttpScene scene = HttpScene.of(kind, new Paths().splice(splice), Dialect.CURRENT, true)) {
            List<Future<String>> answers = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                answers.add(clients.submit(() -> upload(scene, chunked)));
            }
            for (int i = 0; i < CLIENTS; i++) {
                answer(scene, way);
            }
            int read = 0;
            for (Future<String> answer : answers) {
                String got = answer.get(60, TimeUnit.SECONDS);
                read += way.isAnswer(got) ? 1 : 0;
            }
            assertEquals(CLIENTS, read);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aClientThatWaitsForContinueReadsIt(Way way) throws Exception {
        try (HttpScene scene = HttpScene.of(); Socket client = scene.client()) {
            Peers.send(client, "PUT / HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: " + BODY * 2
                    + "\r\n\r\n");
            if (way == Way.CLOSES_AT_HALF || way == Way.SAYS_NOTHING) {
                client.getOutputStream().write(new byte[BODY]);
            }
            answer(scene, way);
            String answer = Peers.readToEndOrReset(client);
            assertTrue(way.isAnswer(answer), answer);
        }
    }

    /** A session that is over stays for who is slow to send: the answer would else be lost in a reset. */
    @ParameterizedTest
    @EnumSource(names = {"NATIVE", "PORTABLE"})
    void aClientThatSendsForAnotherTwoSecondsReadsIt(SocketKind kind) throws Exception {
        try (HttpScene scene = HttpScene.of(kind, new Paths(), Dialect.CURRENT, true); Socket client = scene.client()) {
            Peers.send(client, "PUT / HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\n\r\n");
            try (Socket target = scene.freshTarget()) {
                Peers.readUntil(target, "\r\n\r\n");
                Peers.send(target, ANSWER);
                scene.log().await("session 1 (");
            }
            long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(2200);
            while (System.nanoTime() < end) {
                Peers.send(client, "x".repeat(1000));
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
            }
            assertEquals(ANSWER, Peers.readToEndOrReset(client));
        }
    }

    /** Nobody can tell whether it is whole: what there is comes, and then a reset. */
    @Test
    void anAnswerWithoutLengthWhoseTargetResetsIsReadAndEndsInAReset() throws Exception {
        try (HttpScene scene = HttpScene.of(); Socket client = scene.client()) {
            Peers.send(client, "PUT / HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nabc");
            Socket target = scene.target();
            Peers.readUntil(target, "abc");
            Peers.send(target, "HTTP/1.1 413 Too Large\r\n\r\ntoo much");
            Peers.reset(target);
            assertEquals("HTTP/1.1 413 Too Large\r\nConnection: close\r\n\r\ntoo much<reset>",
                    Peers.readToEndOrReset(client));
        }
    }
}
