package org.relayd.runtime.relay.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.relayd.ir.config.Filter;
import org.relayd.ir.config.Protocol;
import org.relayd.ir.plan.RelayNode;
import org.relayd.runtime.relay.Paths;
import org.relayd.runtime.relay.session.HeldWire;
import org.relayd.runtime.relay.session.StandingLoop;

/** How long the head of a request may take where the session timeout is longer. relayd.conf(5), session timeout. */
class HeadTimeTest {
    private final StandingLoop loop = new StandingLoop(new Paths().to(80).timeout(Duration.ofMinutes(10))
            .http(Protocol.HttpSettings.defaults(), Optional.empty(), new Filter.Rules(List.of())));
    private final HeldWire client = new HeldWire();

    @AfterEach
    void end() {
        loop.close();
    }

    private void arrive() {
        HttpRelay http = new HttpRelay(loop.relay(), new HttpLoop(),
                (RelayNode.Inspect.Http) loop.relay().path().inspect());
        loop.arrive(client, (session, wire) -> new HttpDialogue(http, session, wire));
    }

    private List<String> lines() {
        return loop.log().lines().stream().filter(line -> !line.startsWith("debug")).toList();
    }

    private void octetsFor(Duration time) {
        for (long second = 0; second < time.toSeconds(); second++) {
            client.come("G");
            loop.pass(Duration.ofSeconds(1));
        }
    }

    @Test
    void octetsOneByOneHaveSixtySeconds() {
        arrive();
        octetsFor(Duration.ofSeconds(59));
        assertEquals(List.of(), lines());
        octetsFor(Duration.ofSeconds(2));
        assertTrue(lines().getFirst().contains("buffer event timeout"), lines().toString());
    }

    @Test
    void theyBeginWithTheFirstOctet() {
        arrive();
        loop.pass(Duration.ofMinutes(5));
        octetsFor(Duration.ofSeconds(59));
        assertEquals(List.of(), lines());
    }
}
