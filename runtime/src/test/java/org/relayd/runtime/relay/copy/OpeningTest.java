package org.relayd.runtime.relay.copy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.relayd.ir.term.ProxyProtocol;
import org.relayd.runtime.relay.Paths;
import org.relayd.runtime.relay.session.Dialogue;
import org.relayd.runtime.relay.session.HeldWire;
import org.relayd.runtime.relay.session.Session;
import org.relayd.runtime.relay.session.SessionEnd;
import org.relayd.runtime.relay.session.SessionView;
import org.relayd.runtime.relay.session.Side;
import org.relayd.runtime.relay.session.StandingLoop;
import org.relayd.runtime.relay.wire.Fault;
import org.relayd.runtime.relay.wire.Wire;
import org.relayd.runtime.relay.wire.WireListener;

/**
 * Sessions whose first dialogue finds out what is spoken: a toy that reads a word and a line end, and
 * then lets bytes be copied.
 */
class OpeningTest {
    private static final Duration LIMIT = Duration.ofSeconds(5);

    private final Paths path = new Paths().to(80).timeout(Duration.ofSeconds(60));

    /** Expects {@code copy} and a line end. */
    private record Greeting(Session session, Wire client, StringBuilder come) implements Dialogue, WireListener {

        Greeting(Session session, Wire client) {
            this(session, client, new StringBuilder());
        }

        @Override
        public void begin(ByteBuf first) {
            client.listener(this);
            session.limit(LIMIT.toNanos(), () -> session.end(SessionEnd.Fixed.REQUEST_LATE));
            client.read(true);
        }

        @Override
        public void received(ByteBuf bytes) {
            session.touch();
            while (bytes.isReadable()) {
                char next = (char) bytes.readByte();
                if (next == '\n') {
                    choose(bytes);
                    return;
                }
                come.append(next);
            }
        }

        private void choose(ByteBuf rest) {
            session.unlimit();
            if (come.toString().equals("copy")) {
                session.hand(new CopyDialogue(session, client), rest);
            } else {
                client.send("what?".getBytes(StandardCharsets.US_ASCII), 5);
                session.end(SessionEnd.Fixed.DONE);
            }
        }

        @Override
        public void passed(long count) {
            throw new IllegalStateException("nobody asked for that");
        }

        @Override
        public void ended() {
            session.end(SessionEnd.Fixed.CLIENT_LEFT);
        }

        @Override
        public void drained() {
            // All is small here.
        }

        @Override
        public void unheard(Fault reason) {
            broken(reason);
        }

        @Override
        public void broken(Fault reason) {
            session.end(new SessionEnd.Broken(Side.CLIENT, reason.text()));
        }

        @Override
        public long quiet() {
            return Long.MAX_VALUE;
        }

        @Override
        public void idle() {
            throw new IllegalStateException("there is a limit");
        }

        @Override
        public String entries() {
            return "";
        }

        @Override
        public void ended(SessionEnd end) {
            end.closing().client(client);
        }
    }

    private static List<String> warnings(StandingLoop loop) {
        return loop.log().lines().stream().filter(line -> !line.startsWith("debug")).toList();
    }

    @Test
    void aDialogueBeginsWithWhatTheOpeningLeft() {
        try (StandingLoop loop = new StandingLoop(path.proxy(ProxyProtocol.V1))) {
            HeldWire client = new HeldWire();
            loop.arrive(client, Greeting::new);
            client.come("co");
            assertFalse(loop.isConnecting());
            client.come("py\nfirst ");
            client.come("second ");
            HeldWire target = new HeldWire();
            loop.connected(target);
            client.come("third");
            assertEquals("PROXY TCP4 127.0.0.1 127.0.0.1 0 " + path.port() + "\r\nfirst second third", target.sent());
            target.come("answer");
            assertEquals("answer", client.sent());
            client.heard().ended();
            assertTrue(target.sent().endsWith("third|"));
            target.heard().ended();
            assertEquals(List.of("info relay r, session 1 (1 active), 0, 127.0.0.1 -> 127.0.0.1:80, done"),
                    warnings(loop));
        }
    }

    @Test
    void anOpeningHasATimeThatOctetsDoNotExtend() {
        try (StandingLoop loop = new StandingLoop(path)) {
            HeldWire client = new HeldWire();
            loop.arrive(client, Greeting::new);
            loop.pass(LIMIT.minusSeconds(1));
            client.come("c");
            assertEquals(List.of(), warnings(loop));
            loop.pass(Duration.ofSeconds(2));
            assertTrue(client.isClosed());
            assertEquals(List.of("warn relay r, session 1 (1 active), 0, 127.0.0.1 -> :80, buffer event timeout: "
                    + "Operation timed out"), warnings(loop));
        }
    }

    @Test
    void anOpeningMayEndTheSession() {
        try (StandingLoop loop = new StandingLoop(path)) {
            HeldWire client = new HeldWire();
            loop.arrive(client, Greeting::new);
            client.come("sing\n");
            assertEquals("what?", client.sent());
            assertTrue(client.isClosed());
            assertFalse(loop.isConnecting());
        }
    }

    @Test
    void timeStandsStillUnlessItPasses() {
        try (StandingLoop loop = new StandingLoop(path)) {
            HeldWire client = new HeldWire();
            Session session = loop.arrive(client, CopyDialogue::new);
            loop.pass(Duration.ofSeconds(3));
            assertEquals(Duration.ofSeconds(3), session.view().age());
            HeldWire target = new HeldWire();
            loop.connected(target);
            loop.pass(Duration.ofSeconds(59));
            target.come("x");
            loop.pass(Duration.ofSeconds(59));
            SessionView view = session.view();
            assertEquals(Duration.ofSeconds(118), view.age());
            assertEquals(Duration.ofSeconds(59), view.idle());
            loop.pass(Duration.ofSeconds(2));
            assertTrue(client.isClosed() && target.isClosed());
        }
    }

    @Test
    void aTargetThatDoesNotAnswerEndsTheSession() {
        try (StandingLoop loop = new StandingLoop(path)) {
            HeldWire client = new HeldWire();
            loop.arrive(client, CopyDialogue::new);
            loop.pass(Duration.ofSeconds(61));
            assertFalse(loop.isConnecting());
            assertEquals(List.of("warn relay r, session 1 (1 active), 0, 127.0.0.1 -> 127.0.0.1:80, connect timeout: "
                    + "Operation timed out"), warnings(loop));
        }
    }
}
