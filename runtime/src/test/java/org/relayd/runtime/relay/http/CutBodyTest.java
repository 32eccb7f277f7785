package org.relayd.runtime.relay.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.relayd.ir.config.Filter;
import org.relayd.ir.config.Protocol;
import org.relayd.ir.term.Dialect;
import org.relayd.runtime.SocketKind;
import org.relayd.runtime.relay.Paths;
import org.relayd.runtime.relay.Peers;
import org.relayd.runtime.relay.RunningEngine;

/** A body that is cut short looks so to who gets it, and stands in the log. */
class CutBodyTest {
    private static final String HEAD = "HTTP/1.1 200 OK\r\n";
    private static final String OPEN = HEAD + "\r\n";
    private static final String CHUNKED = HEAD + "Transfer-Encoding: chunked\r\n\r\n";
    private static final String LENGTH = HEAD + "Content-Length: 900000\r\n\r\n";
    /** Enough for the kernel to move the rest. */
    private static final String MUCH = "x".repeat(300_000);

    /** How the sender stops. */
    enum Stop {
        ENDS, RESETS;

        void go(Socket socket) throws IOException {
            if (this == RESETS) {
                Peers.reset(socket);
            } else {
                socket.shutdownOutput();
            }
        }
    }

    /** What the target had sent, and whether the client must see a reset. */
    record Cut(String version, String head, String body, Stop stop, boolean reset) {}

    static List<Arguments> answers() {
        List<Cut> cuts = List.of(new Cut("1.1", OPEN, "abc", Stop.RESETS, true),
                new Cut("1.1", OPEN, MUCH, Stop.RESETS, true), new Cut("1.0", OPEN, MUCH, Stop.RESETS, true),
                new Cut("1.0", CHUNKED, "3\r\nabc\r\n", Stop.RESETS, true),
                new Cut("1.0", CHUNKED, "3\r\nabc\r\n", Stop.ENDS, true),
                new Cut("1.0", CHUNKED, "fffff\r\n" + MUCH, Stop.ENDS, true),
                new Cut("1.0", CHUNKED, "3\r\nabc\r\nz\r\n", Stop.ENDS, true),
                new Cut("1.1", CHUNKED, "fffff\r\n" + MUCH, Stop.RESETS, false),
                new Cut("1.1", CHUNKED, "3\r\nabc\r\n", Stop.ENDS, false),
                new Cut("1.1", LENGTH, MUCH, Stop.RESETS, false), new Cut("1.1", LENGTH, MUCH, Stop.ENDS, false),
                new Cut("1.0", LENGTH, MUCH, Stop.ENDS, false));
        List<Arguments> all = new ArrayList<>();
        for (Cut cut : cuts) {
            all.add(Arguments.of(SocketKind.ofThisMachine(), true, cut));
            all.add(Arguments.of(SocketKind.ofThisMachine(), false, cut));
            all.add(Arguments.of(SocketKind.PORTABLE, false, cut));
        }
        return all;
    }

    @ParameterizedTest
    @MethodSource("answers")
    void theClientSeesIt(SocketKind kind, boolean splice, Cut cut) throws Exception {
        try (HttpScene scene = HttpScene.of(kind, new Paths().splice(splice), Dialect.CURRENT, true);
                Socket client = scene.client()) {
            Peers.send(client, "GET / HTTP/" + cut.version + "\r\nHost: x\r\n\r\n");
            Socket target = scene.target();
            Peers.readUntil(target, "\r\n\r\n");
            Peers.send(target, cut.head + cut.body);
            int seen = Math.min(cut.body.length() / 2, 280_000);
            Peers.readUntil(client, "\r\n\r\n");
            Peers.read(client, cut.body.startsWith("3") ? 3 : seen);
            cut.stop.go(target);
            assertEquals(cut.reset, Peers.readToEndOrReset(client).endsWith("<reset>"));
            String line = scene.log().await("session 1 (");
            assertTrue(line.startsWith("warn "), line);
            assertTrue(line.contains(cut.stop == Stop.RESETS ? ", Connection reset by peer, "
                    : cut.body.contains("z") ? ", invalid chunk size, " : ", target left, "), line);
        }
    }

    @Test
    void aBodyWithoutLengthThatIsWholeEndsInOrder() throws Exception {
        try (HttpScene scene = HttpScene.of(); Socket client = scene.client()) {
            Peers.send(client, "GET / HTTP/1.0\r\nHost: x\r\n\r\n");
            Socket target = scene.target();
            Peers.readUntil(target, "\r\n\r\n");
            Peers.send(target, OPEN + "abc");
            target.shutdownOutput();
            assertTrue(Peers.readToEndOrReset(client).endsWith("\r\n\r\nabc"));
            assertTrue(scene.log().await("session 1 (").endsWith(", done, GET"));
        }
    }

    @Test
    void aBodyWithoutLengthThatStopsComingIsNotWhole() throws Exception {
        try (HttpScene scene = HttpScene.of(new Paths().timeout(Duration.ofSeconds(1)),
                Protocol.HttpSettings.defaults());
                Socket client = scene.client()) {
            Peers.send(client, "GET / HTTP/1.1\r\nHost: x\r\n\r\n");
            Socket target = scene.target();
            Peers.readUntil(target, "\r\n\r\n");
            Peers.send(target, OPEN + "abc");
            assertTrue(Peers.readToEndOrReset(client).endsWith("abc<reset>"));
        }
    }

    @Test
    void aBodyWithoutLengthThatTheEndOfTheDaemonCutsIsNotWhole() throws Exception {
        try (ServerSocket server = Peers.listen()) {
            Paths path = new Paths().to(server.getLocalPort()).http(Protocol.HttpSettings.defaults(), Optional.empty(),
                    new Filter.Rules(List.of()));
            try (RunningEngine engine = RunningEngine.of(path); Socket client = Peers.connect(path.port())) {
                Peers.send(client, "GET / HTTP/1.1\r\nHost: x\r\n\r\n");
                Socket target = Peers.accept(server);
                Peers.readUntil(target, "\r\n\r\n");
                Peers.send(target, OPEN + "abc");
                Peers.readUntil(client, "abc");
                engine.engine().stop();
                assertEquals("<reset>", Peers.readToEndOrReset(client));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("uploads")
    void aClientThatResetsAnUploadIsSeenByTheTarget(SocketKind kind, boolean splice, String head, String body)
            throws Exception {
        try (HttpScene scene = HttpScene.of(kind, new Paths().splice(splice), Dialect.CURRENT, true)) {
            Socket client = scene.freshClient();
            Peers.send(client, "PUT / HTTP/1.1\r\nHost: x\r\n" + head + "\r\n\r\n" + body);
            Socket target = scene.target();
            Peers.readUntil(target, "\r\n\r\n");
            assertEquals(body, Peers.read(target, body.length()));
            Peers.reset(client);
            assertEquals("<reset>", Peers.readToEndOrReset(target));
            assertTrue(scene.log().await("session 1 (").contains(", Connection reset by peer, PUT: "));
        }
    }

    static List<Arguments> uploads() {
        List<Arguments> all = new ArrayList<>();
        for (String body : List.of("abc", MUCH)) {
            for (String head : List.of("Content-Length: 900000", "Transfer-Encoding: chunked")) {
                String sent = head.startsWith("T") ? "fffff\r\n" + body : body;
                all.add(Arguments.of(SocketKind.ofThisMachine(), true, head, sent));
                all.add(Arguments.of(SocketKind.ofThisMachine(), false, head, sent));
                all.add(Arguments.of(SocketKind.PORTABLE, false, head, sent));
            }
        }
        return all;
    }

    @ParameterizedTest
    @EnumSource(names = {"NATIVE", "PORTABLE"})
    void aClientThatResetsADownloadIsSeenByTheTarget(SocketKind kind) throws Exception {
        for (String head : List.of(OPEN, CHUNKED, LENGTH)) {
            try (HttpScene scene = HttpScene.of(kind, new Paths(), Dialect.CURRENT, true)) {
                Socket client = scene.freshClient();
                Peers.send(client, "GET / HTTP/1.1\r\nHost: x\r\n\r\n");
                Socket target = scene.target();
                Peers.readUntil(target, "\r\n\r\n");
                Peers.send(target, head + "3\r\nabc");
                Peers.readUntil(client, "abc");
                Peers.reset(client);
                assertEquals("<reset>", Peers.readToEndOrReset(target));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"RESETS", "ENDS"})
    void aTunnelPassesOnHowASideStops(Stop stop) throws Exception {
        for (boolean clientStops : new boolean[]{false, true}) {
            try (HttpScene scene = HttpScene.of(new Paths(), new Protocol.HttpSettings(8192, true, Optional.empty()))) {
                Socket client = scene.client();
                Peers.send(client,
                        "GET / HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n");
                Socket target = scene.target();
                Peers.readUntil(target, "\r\n\r\n");
                Peers.send(target,
                        "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n");
                Peers.readUntil(client, "\r\n\r\n");
                stop.go(clientStops ? client : target);
                assertEquals(stop == Stop.RESETS ? "<reset>" : "",
                        Peers.readToEndOrReset(clientStops ? target : client));
            }
        }
    }
}
