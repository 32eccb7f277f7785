package org.relayd.runtime.relay.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.Socket;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.relayd.ir.config.Action;
import org.relayd.ir.term.ActionKind;
import org.relayd.ir.term.Direction;
import org.relayd.ir.term.EntityType;
import org.relayd.runtime.relay.Peers;

/** Protocol actions of dialect 5.1, seen from both ends. */
class ActionScenarioTest {
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabc";

    private static Action action(ActionKind kind, EntityType type, String key, String value) {
        return new Action(Direction.REQUEST, type, kind, key, Optional.empty(),
                value.isEmpty() ? Optional.empty() : Optional.of(value), OptionalInt.empty(), OptionalInt.empty(),
                false,
                Optional.empty());
    }

    private static Action header(ActionKind kind, String key, String value) {
        return action(kind, EntityType.HEADER, key, value);
    }

    private static Action marked(Action action, int mark, int marked) {
        return new Action(action.direction(), action.type(), action.kind(), action.key(), action.digest(),
                action.value(), mark == 0 ? OptionalInt.empty() : OptionalInt.of(mark),
                marked == 0 ? OptionalInt.empty() : OptionalInt.of(marked), action.log(), Optional.of("because"));
    }

    private static String get(String target, String lines) {
        return "GET " + target + " HTTP/1.1\r\nHost: www.example.com\r\n" + lines + "\r\n";
    }

    @Test
    void headersKeepTheirOrderAndAreChanged() throws Exception {
        try (HttpScene scene = HttpScene.of(List.of(header(ActionKind.APPEND, "X-Forwarded-For", "$REMOTE_ADDR"),
                header(ActionKind.CHANGE, "Connection", "close"),
                header(ActionKind.REMOVE, "Accept", ""), header(ActionKind.APPEND, "X-New", "$SERVER_NAME $HOST")))) {
            String seen = scene.exchange(
                    get("/", "zeta: 1\r\nX-Forwarded-For: 192.0.2.1\r\naccept: 2\r\nAccept: 3\r\nalpha: 4\r\n"), OK);
            assertEquals(
                    "GET / HTTP/1.1\r\nHost: www.example.com\r\nzeta: 1\r\nX-Forwarded-For: 192.0.2.1, 127.0.0.1\r\nalpha: 4\r\nConnection: close\r\nX-New: OpenBSD relayd $HOST\r\n\r\n",
                    seen);
        }
    }

    @Test
    void filterRefusesWhatMatches() throws Exception {
        try (HttpScene scene = HttpScene.of(List.of(header(ActionKind.FILTER, "User-Agent", "*Bad*")))) {
            String page = scene.refused(get("/", "User-Agent: badbot/1.0\r\n"));
            assertTrue(page.startsWith("HTTP/1.0 403 Forbidden\r\nDate: "), page);
            assertTrue(!page.contains("Content-Length") && page.contains("<div id='m'>rejecting request</div>"), page);
            assertTrue(
                    scene.log().await("session 1 ").startsWith("info relay r1, session 1 (1 active), 0, 127.0.0.1 -> :"
                            + scene.targetPort() + ", rejecting request"));
        }
    }

    @Test
    void oneOfSeveralExpectationsOnAKeyIsEnough() throws Exception {
        List<Action> actions = List.of(header(ActionKind.EXPECT, "X-Key", "a*"),
                header(ActionKind.EXPECT, "X-Key", "b*"));
        try (HttpScene scene = HttpScene.of(actions)) {
            assertTrue(scene.exchange(get("/", "X-Key: BCD\r\n"), OK).startsWith("GET / "));
            assertTrue(scene.refused(get("/", "X-Key: c\r\n")).contains("incomplete request"));
            assertTrue(scene.refused(get("/", "")).contains("incomplete request"));
            assertTrue(scene.refused(get("/", "X-Key: a\r\nX-Key: b\r\n")).contains("repeated header line"));
        }
    }

    @Test
    void pathQueryCookieAndUrlAreLookedAt() throws Exception {
        try (HttpScene scene = HttpScene.of(List.of(action(ActionKind.FILTER, EntityType.PATH, "/secret", ""),
                action(ActionKind.FILTER, EntityType.QUERY, "user", "eve"),
                action(ActionKind.FILTER, EntityType.COOKIE, "sid", "bad*"),
                action(ActionKind.FILTER, EntityType.URL, "example.com/blocked/", "")))) {
            for (String bad : List.of(get("/SECRET?x", ""), get("/?user=EVE", ""),
                    get("/", "Cookie: a=1; sid=badone\r\n"), get("/blocked/x", ""))) {
                assertTrue(scene.refused(bad).contains("rejecting request"), bad);
            }
            assertTrue(
                    scene.exchange(get("/secret/x?user=bob", "Cookie: sid=good\r\n"), OK).startsWith("GET /secret/x"));
        }
    }

    @Test
    void everyRequestOfAConnectionIsFiltered() throws Exception {
        try (HttpScene scene = HttpScene.of(List.of(action(ActionKind.FILTER, EntityType.PATH, "/secret", "")));
                Socket client = scene.client()) {
            Peers.send(client, get("/", ""));
            Socket target = scene.target();
            Peers.readUntil(target, "\r\n\r\n");
            Peers.send(target, OK);
            assertEquals(OK, Peers.read(client, OK.length()));
            Peers.send(client, get("/secret", ""));
            assertTrue(Peers.readAll(client).startsWith("HTTP/1.0 403 "));
        }
    }

    @Test
    void logWritesALineAndAnEntry() throws Exception {
        Action response = new Action(Direction.RESPONSE, EntityType.HEADER, ActionKind.LOG, "Content-Length",
                Optional.empty(), Optional.empty(), OptionalInt.empty(), OptionalInt.empty(), false,
                Optional.of("L"));
        try (HttpScene scene = HttpScene.of(List.of(header(ActionKind.LOG, "User-Agent", ""), response))) {
            scene.exchange(get("/", "User-Agent: test\r\n"), OK);
            assertEquals("info relay_handle_http: log 'Content-Length: 3'", scene.log().await("log 'Content"));
            assertEquals("info relay_handle_http: log 'User-Agent: test'", scene.log().await("log 'User"));
            scene.dropClients();
            assertTrue(scene.log().await("session 1 ").contains(", done, [User-Agent: test]"),
                    scene.log().lines().toString());
            assertTrue(scene.log().await("session 1 ").contains(" [L, Content-Length: 3]"),
                    scene.log().lines().toString());
        }
    }

    @Test
    void markDecidesWhichActionsApply() throws Exception {
        List<Action> actions = List.of(marked(header(ActionKind.MARK, "X-Kind", "internal"), 5, 0),
                marked(header(ActionKind.FILTER, "X-Next", ""), 0, 5));
        try (HttpScene scene = HttpScene.of(actions)) {
            assertTrue(
                    scene.refused(get("/", "X-Kind: internal\r\nX-Next: 1\r\n")).contains("<div id='l'>because</div>"));
            assertTrue(scene.log().await("session 1 ").contains(" (1 active), 5, 127.0.0.1 -> "));
            assertTrue(scene.exchange(get("/", "X-Next: 1\r\nX-Kind: internal\r\n"), OK).startsWith("GET / "));
        }
    }

    @Test
    void protocolWithoutActionsPassesAnything() throws Exception {
        try (HttpScene scene = HttpScene.of(List.of()); Socket client = scene.client()) {
            Peers.send(client, "GET\r\n\r\n");
            assertEquals("GET\r\n\r\n", Peers.read(scene.target(), 7));
        }
    }

    @Test
    void targetIsConnectedAtOnceUnlessTheRequestDecides() throws Exception {
        try (HttpScene scene = HttpScene.of(List.of(header(ActionKind.REMOVE, "Accept", "")));
                Socket client = scene.client()) {
            assertTrue(scene.target().isConnected());
            assertTrue(client.isConnected());
        }
    }
}
