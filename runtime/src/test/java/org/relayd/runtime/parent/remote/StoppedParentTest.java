package org.relayd.runtime.parent.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.relayd.ir.net.IpAddress;
import org.relayd.runtime.RecordedLog;
import org.relayd.runtime.SocketKind;
import org.relayd.runtime.parent.ListenRequest;
import org.relayd.runtime.parent.OpenSocket;
import org.relayd.runtime.parent.RelayRights;
import org.relayd.runtime.parent.link.MemoryLine;
import org.relayd.runtime.parent.local.LocalSockets;
import org.relayd.runtime.parent.message.Frame;
import org.relayd.runtime.parent.message.Reply;
import org.relayd.runtime.parent.message.Request;
import org.relayd.runtime.platform.NatLookup;
import org.relayd.runtime.relay.Paths;
import org.relayd.runtime.relay.Peers;
import org.relayd.runtime.relay.RunningEngine;

/** Relays go on when their parent process stands still; only sessions that need it wait. */
@Timeout(60)
class StoppedParentTest {
    private final MemoryLine.Ends ends = MemoryLine.Ends.holding(20_000);
    private final RecordedLog log = new RecordedLog(false);
    private final LineParent parent = LineParent.start(ends.worker(), log, _ -> {}, () -> {});
    private final RelayRights rights = new RemoteRelays(parent);
    private final RelayRights own = new LocalSockets(SocketKind.ofThisMachine(), NatLookup.none());
    private final ParentEnd end = new ParentEnd(ends.parent());
    private final BlockingQueue<Integer> foreign = new LinkedBlockingQueue<>();

    StoppedParentTest() {
        Thread.ofVirtual().start(this::serve);
    }

    @AfterEach
    void close() {
        parent.close();
    }

    /** Makes listeners, and keeps everything else waiting. */
    private void serve() {
        try {
            Optional<Frame.FromWorker> next = end.next();
            while (next.isPresent()) {
                if (next.get() instanceof Frame.Ask(int number, Request request)) {
                    serve(number, request);
                }
                next = end.next();
            }
        } catch (IOException fault) {
            throw new AssertionError(fault);
        }
    }

    private void serve(int number, Request request) throws IOException {
        if (request instanceof Request.Listen(ListenRequest wanted)
                && own.listen(wanted) instanceof OpenSocket.Descriptor(int socket)) {
            end.answer(number, new Reply.Socket(), OptionalInt.of(socket));
        } else if (request instanceof Request.Probe) {
            end.answer(number, new Reply.Done(), OptionalInt.empty());
        } else {
            foreign.add(number);
        }
    }

    private static void served(ServerSocket server, int port) throws IOException {
        try (Socket client = Peers.connect(port); Socket target = Peers.accept(server)) {
            Peers.send(client, "hello");
            assertEquals("hello", Peers.read(target, 5));
        }
    }

    @Test
    void onlySessionsThatNeedItWait() throws Exception {
        try (ServerSocket server = Peers.listen()) {
            Paths plain = new Paths().to(server.getLocalPort());
            Paths transparent = new Paths().to(server.getLocalPort()).transparent();
            try (RunningEngine engine = RunningEngine.with(rights, plain, transparent);
                    Socket waiting = Peers.connect(transparent.port());
                    Socket other = Peers.connect(transparent.port())) {
                int first = foreign.poll(10, TimeUnit.SECONDS);
                foreign.poll(10, TimeUnit.SECONDS);
                served(server, plain.port());
                end.answer(first, new Reply.Refused(Optional.empty(), "the configuration does not ask for that", false),
                        OptionalInt.empty());
                engine.log().await("session failed");
                served(server, plain.port());
                ends.parent().close();
                assertEquals("", Peers.readAll(waiting) + Peers.readAll(other));
                served(server, plain.port());
            }
        }
    }

    @Test
    void sessionsBeyondWhatMayWaitFailAtOnce() throws Exception {
        List<KeptAnswer<OpenSocket>> before = new ArrayList<>();
        try (ServerSocket server = Peers.listen()) {
            Paths transparent = new Paths().to(server.getLocalPort()).transparent();
            try (RunningEngine engine = RunningEngine.with(rights, transparent)) {
                for (int i = 0; i < LineParent.MOST_WAITING; i++) {
                    before.add(new KeptAnswer<>());
                    rights.openForeign(IpAddress.parse("192.0.2.1").orElseThrow(), before.getLast());
                }
                try (Socket client = Peers.connect(transparent.port())) {
                    assertEquals("", Peers.readAll(client));
                    String line = engine.log().await("session 1 (");
                    assertTrue(line.contains("failed"), line);
                }
            }
        }
    }
}
