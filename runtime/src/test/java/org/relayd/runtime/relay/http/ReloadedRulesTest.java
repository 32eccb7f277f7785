package org.relayd.runtime.relay.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.Socket;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.relayd.ir.config.Action;
import org.relayd.ir.term.ActionKind;
import org.relayd.ir.term.Direction;
import org.relayd.ir.term.EntityType;
import org.relayd.runtime.relay.Peers;

/**
 * Requests of a connection that was there before a reload, for what the new rules forbid: none passes, however much of
 * it, or of what stands in front of it, had come before.
 */
class ReloadedRulesTest {
    private static final String ANSWER = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

    private static Action filter(String path) {
        return new Action(Direction.REQUEST, EntityType.PATH, ActionKind.FILTER, path, Optional.empty(),
                Optional.empty(), OptionalInt.empty(), OptionalInt.empty(), false, Optional.empty());
    }

    /** What comes before the reload, and after it; ^ stands for CR, $ for LF. */
    @ParameterizedTest
    @CsvSource({"'', GET /secret HTTP/1.1^$Host: x^$^$", "'', GET /secret HTTP/1.1$Host: x$$",
            "'', GET /secret HTTP/1.2^$Host: x^$^$", "'', GET /secret HTTP/1.0^$Host: x^$Connection: keep-alive^$^$",
            "'', GET /secret HTTP/1.0^$^$", "'', GET http://x/secret HTTP/1.1^$^$",
            "'', POST /secret HTTP/1.1^$Host: x^$Content-Length: 2^$^$ab",
            "'', POST /secret HTTP/1.1^$Host: x^$Transfer-Encoding: chunked^$^$0^$^$",
            "'', POST /secret HTTP/1.1^$Host: x^$Expect: 100-continue^$Content-Length: 2^$^$",
            "'', PURGE /secret HTTP/1.1^$Host: x^$^$", "'', GET /secret?a=b HTTP/1.1^$Host: x^$Connection: close^$^$",
            "'', ^$$^$GET /secret HTTP/1.1^$Host: x^$^$", "^$, GET /secret HTTP/1.1^$Host: x^$^$",
            "$, ^$GET /secret HTTP/1.1^$Host: x^$^$", "^, $GET /secret HTTP/1.1^$Host: x^$^$",
            "^$$^, $GET /secret HTTP/1.1^$Host: x^$^$", "G, ET /secret HTTP/1.1^$Host: x^$^$",
            "GET /sec, ret HTTP/1.1^$Host: x^$^$", "GET /secret HTTP/1.1, ^$Host: x^$^$",
            "GET /secret HTTP/1.1^, $Host: x^$^$", "GET /secret HTTP/1.1^$Host: x^$^$, ''",
            "GET /secret HTTP/1.1$Host: x$, $", "^$GET /secret HTTP/1.1^$Host: x^$^, $",
            "GET /secret HTTP/1.1^$Host: x^$A: b^$, ' c^$^$'",
            "GET /secret HTTP/1.1^$Host: x^$^$GET /, 2 HTTP/1.1^$^$"})
    void holdForWhatFollows(String before, String after) throws Exception {
        for (boolean underWay : new boolean[]{false, true}) {
            try (HttpScene scene = HttpScene.of()) {
                play(scene, before, after, underWay,
                        () -> scene.reload(RuleSource.block().on(EntityType.PATH, "/secret*")));
            }
            try (HttpScene scene = HttpScene.of(List.of(filter("/other")))) {
                play(scene, before, after, underWay, () -> scene.reload(List.of(filter("/secret"))));
            }
        }
    }

    /** Puts new rules in force. */
    private interface Reload {
        void run() throws Exception;
    }

    /** With the first exchange over, or under way, at the reload; what came whole while it was idle is served still. */
    private static void play(HttpScene scene, String before, String after, boolean underWay, Reload reload)
            throws Exception {
        boolean whole = after.isEmpty() || before.contains("^$^$");
        if (whole && !underWay) {
            return;
        }
        Socket client = scene.client();
        Peers.send(client, "POST / HTTP/1.1\r\nHost: x\r\n\r\n");
        Socket target = scene.target();
        Peers.readUntil(target, "\r\n\r\n");
        if (!underWay) {
            Peers.send(target, ANSWER);
            assertEquals(ANSWER, Peers.readUntil(client, "ok"));
        }
        Peers.send(client, text(before));
        reload.run();
        Peers.offer(client, text(after));
        if (underWay) {
            Peers.send(target, ANSWER);
            assertEquals(ANSWER, Peers.readUntil(client, "ok"));
        }
        String answer = Peers.readAll(client);
        assertTrue(answer.startsWith("HTTP/1.0 403 "), () -> before + " | " + after + "\n" + answer);
        assertEquals(0, target.getInputStream().available());
    }

    private static String text(String written) {
        return written.replace('^', '\r').replace('$', '\n');
    }
}
