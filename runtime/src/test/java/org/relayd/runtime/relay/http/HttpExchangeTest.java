package org.relayd.runtime.relay.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.relayd.ir.config.Filter;
import org.relayd.ir.config.Protocol;
import org.relayd.ir.plan.RelayNode;
import org.relayd.runtime.relay.Paths;
import org.relayd.runtime.relay.http.filter.Refusal;
import org.relayd.runtime.relay.http.head.HeadParser;
import org.relayd.runtime.relay.http.head.HeadVerdict;
import org.relayd.runtime.relay.http.head.MessageHead;
import org.relayd.runtime.relay.session.Dialogue;
import org.relayd.runtime.relay.session.HeldWire;
import org.relayd.runtime.relay.session.Session;
import org.relayd.runtime.relay.session.SessionEnd;
import org.relayd.runtime.relay.session.StandingLoop;
import org.relayd.runtime.relay.wire.Wire;

/**
 * Exchanges of one session side by side, as another version of HTTP has them: each knows its own client and target
 * only.
 */
class HttpExchangeTest {
    private final StandingLoop loop = new StandingLoop(new Paths().to(80).http(Protocol.HttpSettings.defaults(),
            Optional.empty(), new Filter.Rules(List.of())));
    private final HttpRelay http = new HttpRelay(loop.relay(), new HttpLoop(),
            (RelayNode.Inspect.Http) loop.relay().path().inspect());
    private final Streams streams = new Streams();
    private final Session session = loop.arrive(new HeldWire(), (_, _) -> streams);

    @AfterEach
    void close() {
        loop.close();
    }

    /** A dialogue of many streams. */
    private static final class Streams implements Dialogue {
        private final List<HttpExchange> exchanges = new ArrayList<>();

        @Override
        public void begin(ByteBuf come) {
            // Streams begin when the test says so.
        }

        @Override
        public long quiet() {
            return Long.MAX_VALUE;
        }

        @Override
        public void idle() {
            throw new IllegalStateException("time stands still");
        }

        @Override
        public String entries() {
            return "";
        }

        @Override
        public void ended(SessionEnd end) {
            exchanges.forEach(exchange -> exchange.ended(end));
        }
    }

    /** One stream: what its client gets. */
    private final class Stream implements HttpExchange.Client {
        private final HeldWire body = new HeldWire();
        private final HttpExchange exchange = new HttpExchange(http, session, this);
        private String told = "";

        void ask(String path) {
            streams.exchanges.add(exchange);
            ByteBuf octets = Unpooled.copiedBuffer("GET " + path + " HTTP/1.1\r\nHost: x\r\n\r\n",
                    StandardCharsets.US_ASCII);
            MessageHead head = http.loop().request();
            head.load(octets, octets.readableBytes());
            assertEquals(HeadVerdict.COMPLETE, HeadParser.request(head, http.headLimit()));
            octets.release();
            assertEquals(Optional.empty(), exchange.begin(head));
            exchange.write(head);
            assertTrue(exchange.send(Unpooled.EMPTY_BUFFER, 0, true));
        }

        @Override
        public Wire wire() {
            return body;
        }

        @Override
        public void settle(MessageHead head) {
            // There is no field for the connection.
        }

        @Override
        public void send(MessageHead head, ByteBuf rest, int count) {
            told += head.status();
            body.send(rest, count);
        }

        @Override
        public void refuse(Refusal refusal) {
            told += refusal.reason();
        }

        @Override
        public void targetFailed(String why) {
            told += why;
        }

        @Override
        public void tunnel() {
            throw new IllegalStateException("nobody asked for a tunnel");
        }

        @Override
        public boolean isEnded() {
            return false;
        }

        @Override
        public void halfClosed(Wire other) {
            throw new IllegalStateException("nobody asked for a tunnel");
        }

        @Override
        public void answered(boolean surplus) {
            told += " over";
            exchange.target().leave();
            exchange.next();
        }
    }

    private HeldWire connected() {
        HeldWire target = new HeldWire();
        loop.connected(target);
        return target;
    }

    @Test
    void aSlowAnswerDoesNotHoldUpAnother() {
        Stream slow = new Stream();
        slow.ask("/slow");
        HeldWire slowTarget = connected();
        Stream fast = new Stream();
        fast.ask("/fast");
        HeldWire fastTarget = connected();
        assertEquals("GET /slow HTTP/1.1\r\nHost: x\r\n\r\n", slowTarget.sent());
        assertEquals("GET /fast HTTP/1.1\r\nHost: x\r\n\r\n", fastTarget.sent());
        fastTarget.come("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nfa");
        assertEquals(Progress.ANSWERING, fast.exchange.progress());
        assertEquals(Progress.WAITING, slow.exchange.progress());
        fastTarget.come("st");
        assertEquals("200 over", fast.told);
        assertEquals("fast", fast.body.sent());
        slowTarget.come("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n");
        assertEquals("404 over", slow.told);
        assertFalse(session.isEnded());
    }

    @Test
    void aConnectionThatOneHasLeftServesTheNext() {
        Stream first = new Stream();
        first.ask("/1");
        HeldWire target = connected();
        target.come("HTTP/1.1 204 No Content\r\n\r\n");
        Stream second = new Stream();
        second.ask("/2");
        assertFalse(loop.isConnecting());
        assertTrue(target.sent().endsWith("GET /2 HTTP/1.1\r\nHost: x\r\n\r\n"));
    }

    @Test
    void oneThatIsRefusedLeavesTheOthers() {
        Stream bad = new Stream();
        bad.ask("/bad");
        HeldWire badTarget = connected();
        Stream good = new Stream();
        good.ask("/good");
        HeldWire goodTarget = connected();
        badTarget.come("nonsense\r\n\r\n");
        assertEquals("Bad Gateway", bad.told);
        goodTarget.come("HTTP/1.1 204 No Content\r\n\r\n");
        assertEquals("204 over", good.told);
    }

    @Test
    void theEndOfTheSessionIsThatOfAll() {
        Stream waiting = new Stream();
        waiting.ask("/1");
        HeldWire target = connected();
        Stream connecting = new Stream();
        connecting.ask("/2");
        session.end(SessionEnd.Fixed.INTERNAL);
        assertTrue(target.isClosed());
        assertFalse(loop.isConnecting());
        assertEquals(Progress.OVER, waiting.exchange.progress());
        assertEquals(Progress.OVER, connecting.exchange.progress());
    }
}
