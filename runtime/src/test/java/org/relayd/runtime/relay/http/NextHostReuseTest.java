package org.relayd.runtime.relay.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.relayd.ir.config.Filter;
import org.relayd.ir.config.Protocol;
import org.relayd.ir.plan.RelayNode;
import org.relayd.ir.term.SchedulingMode;
import org.relayd.runtime.relay.Paths;
import org.relayd.runtime.relay.session.HeldWire;
import org.relayd.runtime.relay.session.StandingLoop;
import org.relayd.runtime.relay.wire.Transport.Cause;
import org.relayd.runtime.system.ErrorName;

/** Kept connections and hosts that cannot be reached. */
class NextHostReuseTest {
    private static final String REQUEST = "GET / HTTP/1.1\r\nHost: x\r\n\r\n";
    private static final String HEAD = "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\n";

    private final StandingLoop loop = new StandingLoop(
            new Paths().table("t", 80, SchedulingMode.ROUNDROBIN, "127.0.0.1", "127.0.0.2")
                    .timeout(Duration.ofSeconds(5)).http(Protocol.HttpSettings.defaults(), Optional.empty(),
                            new Filter.Rules(List.of())));
    private final HttpRelay http = new HttpRelay(loop.relay(), new HttpLoop(),
            (RelayNode.Inspect.Http) loop.relay().path().inspect());

    private HeldWire client() {
        HeldWire client = new HeldWire();
        loop.arrive(client, (session, wire) -> new HttpDialogue(http, session, wire));
        client.come(REQUEST);
        return client;
    }

    /** A session with the second host, which leaves its connection. */
    private HeldWire leave() {
        HeldWire client = client();
        loop.failed(ErrorName.ECONNREFUSED, Cause.REFUSED);
        HeldWire target = new HeldWire();
        loop.connected(target);
        target.come(HEAD + "full");
        client.heard().ended();
        return target;
    }

    @Test
    void theNextHostMayHaveAConnectionThatIsKept() {
        try (loop) {
            HeldWire target = leave();
            HeldWire client = client();
            assertEquals("127.0.0.1", loop.goal());
            loop.failed(ErrorName.ECONNREFUSED, Cause.REFUSED);
            assertFalse(loop.isConnecting());
            target.come(HEAD + "h");
            for (String octet : List.of("a", "l", "f")) {
                loop.pass(Duration.ofSeconds(4));
                assertFalse(client.isClosed());
                target.come(octet);
            }
            assertTrue(client.sent().endsWith("\r\n\r\nhalf"));
        }
    }

    @Test
    void aKeptConnectionThatHasEndedIsFollowedByOtherHosts() {
        try (loop) {
            HeldWire first = client();
            HeldWire kept = new HeldWire();
            loop.connected(kept);
            kept.come(HEAD + "full");
            first.heard().ended();
            // The turn of the second host.
            client();
            loop.connected(new HeldWire());
            HeldWire client = client();
            kept.heard().ended();
            assertEquals("127.0.0.1", loop.goal());
            loop.failed(ErrorName.ECONNREFUSED, Cause.REFUSED);
            assertEquals("127.0.0.2", loop.goal());
            HeldWire target = new HeldWire();
            loop.connected(target);
            assertEquals(REQUEST, target.sent());
            target.come(HEAD + "full");
            assertTrue(client.sent().endsWith("full"));
        }
    }
}
