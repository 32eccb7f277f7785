package org.relayd.runtime.relay.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.ServerSocket;
import java.net.Socket;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.relayd.ir.config.Filter;
import org.relayd.ir.config.Protocol;
import org.relayd.ir.net.IpAddress;
import org.relayd.ir.net.IpFamily;
import org.relayd.ir.net.IpPrefix;
import org.relayd.ir.term.EntityOption;
import org.relayd.ir.term.EntityType;
import org.relayd.ir.term.SchedulingMode;
import org.relayd.runtime.relay.Paths;
import org.relayd.runtime.relay.Peers;
import org.relayd.runtime.relay.RunningEngine;
import org.relayd.runtime.relay.session.SessionView;

/** Filter rules of the current dialect, seen from both ends; relayd.conf(5): FILTER RULES. */
class RuleScenarioTest {
    private static final String NO_CONTENT = "HTTP/1.1 204 No\r\nX-B: 1\r\n\r\n";

    private static boolean passes(String request, RuleSource... rules) throws Exception {
        try (HttpScene scene = HttpScene.of(rules)) {
            Socket client = scene.client();
            Peers.send(client, request);
            client.shutdownOutput();
            Thread target = Thread.ofVirtual().start(() -> {
                try {
                    Socket socket = scene.target();
                    Peers.readUntil(socket, "\r\n\r\n");
                    Peers.send(socket, NO_CONTENT);
                } catch (java.io.IOException closed) {
                    assertTrue(client.isConnected());
                }
            });
            String answer = Peers.readAll(client);
            scene.stopTarget();
            target.join();
            assertTrue(answer.startsWith("HTTP/1.1 204 ") || answer.startsWith("HTTP/1.0 403 "), answer);
            return answer.startsWith("HTTP/1.1 204 ");
        }
    }

    private static String get(String target, String... lines) {
        return "GET " + target + " HTTP/1.1\r\nHost: www.Example.com\r\n" + String.join("", List.of(lines)) + "\r\n";
    }

    @ParameterizedTest
    @CsvSource({"X-Key,abc,abc,true", "x-key,a*c,abc,true", "X-K*,abc,abc,true", "X-Key,ABC,abc,false",
            "X-Key,a?,abc,false", "X-Key,[a-c]bc,abc,true", "Y,*,abc,false"})
    void headerIsMatchedByNameAndValue(String key, String value, String sent, boolean blocked) throws Exception {
        assertEquals(!blocked,
                passes(get("/", "X-Key: " + sent + "\r\n"), RuleSource.block().on(EntityType.HEADER, key, value)));
    }

    @ParameterizedTest
    @CsvSource({"/a*,/a/b?x=1,true", "/a,/a?x=1,true", "/A,/a,false", "*secret*,/x/secret/y,true", "/a/*,/a,false"})
    void pathIsMatchedWithoutQuery(String key, String target, boolean blocked) throws Exception {
        assertEquals(!blocked, passes(get(target), RuleSource.block().on(EntityType.PATH, key)));
    }

    @ParameterizedTest
    @CsvSource({"user,bob,/?x=1&user=bob,true", "user,bob,/?user=eve,false", "u*,*,/?user=,true", "user,*,/?user,false",
            "User,*,/?user=bob,false", "user,b%6fb,/?user=bob,false"})
    void queryVariablesAreMatchedAsWritten(String key, String value, String target, boolean blocked) throws Exception {
        assertEquals(!blocked, passes(get(target), RuleSource.block().on(EntityType.QUERY, key, value)));
    }

    @ParameterizedTest
    @CsvSource({"SID,ABC*,true", "sid,abcd,true", "sid,xyz,false", "lang,de,true", "none,*,false", "$Path,*,false"})
    void cookiesAreMatchedWithoutRegardToCase(String key, String value, boolean blocked) throws Exception {
        assertEquals(!blocked, passes(get("/", "Cookie: sid=\"abcd\"; $Path=/; Lang=DE; odd\r\n"),
                RuleSource.block().on(EntityType.COOKIE, key, value)));
    }

    @ParameterizedTest
    @CsvSource({"www.example.com/,true", "example.com/,true", "example.com/a/,true", "example.com/a/b,true",
            "example.com/a/b?q=1,true", "EXAMPLE.COM/A/,true", "com/,false", "example.com/b/,false",
            "w.example.com/,false"})
    void urlIsLookedUpBySuffixAndPrefix(String key, boolean blocked) throws Exception {
        assertEquals(!blocked, passes(get("/a/b?q=1"), RuleSource.block().on(EntityType.URL, key)));
    }

    @Test
    void luaPatternsAreCaseSensitive() throws Exception {
        assertTrue(!passes(get("/api/12"), RuleSource.block().pattern(EntityType.PATH, "^/api/%d+$")));
        assertTrue(passes(get("/API/12"), RuleSource.block().pattern(EntityType.PATH, "^/api/%d+$")));
    }

    @Test
    void lastMatchingRuleWinsUnlessQuick() throws Exception {
        assertTrue(passes(get("/"), RuleSource.block(), RuleSource.pass()));
        assertTrue(!passes(get("/"), RuleSource.pass(), RuleSource.block()));
        assertTrue(!passes(get("/"), RuleSource.block().quick(), RuleSource.pass()));
    }

    @Test
    void familyAddressAndMethodAreConditions() throws Exception {
        IpAddress loopback = IpAddress.parse("127.0.0.0").orElseThrow();
        assertTrue(!passes(get("/"), RuleSource.block().from(new IpPrefix(loopback, 8))));
        assertTrue(passes(get("/"), RuleSource.block().from(new IpPrefix(loopback, 32))));
        assertTrue(passes(get("/"), RuleSource.block().family(IpFamily.INET6)));
        assertTrue(!passes(get("/"), RuleSource.block().method("GET")));
        assertTrue(passes(get("/"), RuleSource.block().method("POST")));
    }

    @Test
    void tagOfAMatchRuleIsSeenByLaterRulesThatOfAPassRuleIsNot() throws Exception {
        assertTrue(!passes(get("/"), RuleSource.match().tag("x"), RuleSource.block().tagged("x")));
        assertTrue(passes(get("/"), RuleSource.pass().tag("x"), RuleSource.block().tagged("x")));
        assertTrue(passes(get("/"), RuleSource.match().tag("x"), RuleSource.match().noTag(),
                RuleSource.block().tagged("x")));
    }

    @Test
    void entriesLabelAndTagStandInTheLine() throws Exception {
        try (HttpScene scene = HttpScene.of(
                RuleSource.match().tag("TT").label("LL").on(EntityType.QUERY, EntityOption.LOG, "x"),
                RuleSource.match().on(EntityType.HEADER, EntityOption.LOG, "Zz*"),
                RuleSource.matchResponse().on(EntityType.HEADER, EntityOption.LOG, "X-B"))) {
            scene.exchange(get("/?x=1", "zz: 1\r\n"), NO_CONTENT);
            scene.dropClients();
            assertEquals("info relay r1, session 1 (1 active), TT, 127.0.0.1 -> 127.0.0.1:" + scene.targetPort()
                    + ", done, [LL, x: 1] [LL, zz: 1] GET {LL, X-B: 1};", scene.log().await("session 1 "));
        }
    }

    @Test
    void pathIsRewrittenForTheTarget() throws Exception {
        try (HttpScene scene = HttpScene.of(RuleSource.match().on(EntityType.PATH, EntityOption.SET, "/old/*", "/new"),
                RuleSource.match().on(EntityType.PATH, EntityOption.APPEND, "/tail"))) {
            assertTrue(scene.exchange(get("/old/x?q=1"), NO_CONTENT).startsWith("GET /new/tail?q=1 HTTP/1.1\r\n"));
        }
        try (HttpScene scene = HttpScene.of(RuleSource.match().strip(2))) {
            assertTrue(scene.exchange(get("/a/b/c/d"), NO_CONTENT).startsWith("GET /c/d HTTP/1.1\r\n"));
        }
        try (HttpScene scene = HttpScene.of(RuleSource.match().on(EntityType.PATH, EntityOption.REMOVE, "/a*"))) {
            assertTrue(scene.exchange(get("/a/b?c"), NO_CONTENT).startsWith("GET /?c HTTP/1.1\r\n"));
        }
    }

    @Test
    void macrosStandForTheEndsOfTheSession() throws Exception {
        try (HttpScene scene = HttpScene.of(RuleSource.match().on(EntityType.HEADER, EntityOption.SET, "X-All",
                "$REMOTE_ADDR:$REMOTE_PORT $SERVER_ADDR:$SERVER_PORT $SERVER_NAME $TIMEOUT $HOST $X"))) {
            Socket client = scene.client();
            Peers.send(client, get("/"));
            String seen = Peers.readUntil(scene.target(), "\r\n\r\n");
            assertTrue(seen.contains("X-All: 127.0.0.1:" + client.getLocalPort() + " 127.0.0.1:" + client.getPort()
                    + " OpenBSD relayd 600 www.Example.com $X\r\n"), seen);
        }
    }

    @Test
    void cookiesAreAddedAndRemovedAsLines() throws Exception {
        try (HttpScene scene = HttpScene.of(RuleSource.match().on(EntityType.COOKIE, EntityOption.SET, "a", "1"))) {
            assertTrue(scene.exchange(get("/", "Cookie: b=2\r\n"), NO_CONTENT)
                    .contains("Cookie: b=2\r\nCookie: a=1;\r\n"));
        }
        try (HttpScene scene = HttpScene.of(RuleSource.match().on(EntityType.COOKIE, EntityOption.REMOVE, "b"))) {
            assertTrue(!scene.exchange(get("/", "Cookie: b=2\r\n"), NO_CONTENT).contains("Cookie"));
        }
    }

    @Test
    void responseRulesChangeAndBlock() throws Exception {
        try (HttpScene scene = HttpScene.of(
                RuleSource.matchResponse().on(EntityType.HEADER, EntityOption.SET, "Server", "hidden"),
                RuleSource.blockResponse().on(EntityType.HEADER, "X-Secret"))) {
            Socket client = scene.client();
            Peers.send(client, get("/"));
            Socket target = scene.target();
            Peers.readUntil(target, "\r\n\r\n");
            Peers.send(target, "HTTP/1.1 204 No\r\nServer: s/1.0\r\n\r\n");
            assertEquals("HTTP/1.1 204 No\r\nServer: hidden\r\n\r\n", Peers.readUntil(client, "\r\n\r\n"));
            Peers.send(client, get("/"));
            Peers.readUntil(target, "\r\n\r\n");
            Peers.send(target, "HTTP/1.1 204 No\r\nX-Secret: s\r\n\r\n");
            assertTrue(Peers.readAll(client).startsWith("HTTP/1.0 403 Forbidden\r\n"));
        }
    }

    @Test
    void ruleSendsRequestsToAnotherTableAndBack() throws Exception {
        try (ServerSocket main = Peers.listen(); ServerSocket other = Peers.listen()) {
            Paths path = new Paths().table("main", main.getLocalPort(), SchedulingMode.ROUNDROBIN, "127.0.0.1")
                    .table("other", other.getLocalPort(), SchedulingMode.ROUNDROBIN, "127.0.0.1");
            path.http(Protocol.HttpSettings.defaults(), Optional.empty(), new Filter.Rules(
                    RuleSource.rules(RuleSource.match().on(EntityType.PATH, "/other").forwardTo("other"))));
            try (RunningEngine engine = RunningEngine.of(path); Socket client = Peers.connect(path.port())) {
                for (ServerSocket expected : List.of(main, other, main)) {
                    Peers.send(client, get(expected.equals(other) ? "/other" : "/"));
                    Socket target = Peers.accept(expected);
                    Peers.readUntil(target, "\r\n\r\n");
                    Peers.send(target, "HTTP/1.1 204 No\r\n\r\n");
                    assertEquals("HTTP/1.1 204 No\r\n\r\n", Peers.readUntil(client, "\r\n\r\n"));
                }
                client.shutdownOutput();
                Peers.readAll(client);
                assertTrue(
                        engine.log().await("session 1 ")
                                .endsWith(", done, GET GET -> 127.0.0.1:" + other.getLocalPort() + "; GET -> 127.0.0.1:"
                                        + main.getLocalPort() + ";"),
                        engine.log().lines().toString());
            }
        }
    }

    @Test
    void hashOfAHeaderKeepsAUserAtOneHost() throws Exception {
        try (ServerSocket one = Peers.listen("127.0.0.1", 0);
                ServerSocket two = Peers.listen("127.0.0.2", one.getLocalPort());
                ServerSocket three = Peers.listen("127.0.0.3", one.getLocalPort())) {
            Paths path = new Paths()
                    .table("t", one.getLocalPort(), SchedulingMode.HASH, "127.0.0.1", "127.0.0.2", "127.0.0.3")
                    .key("secret");
            path.http(Protocol.HttpSettings.defaults(), Optional.empty(), new Filter.Rules(
                    RuleSource.rules(RuleSource.match().on(EntityType.HEADER, EntityOption.HASH, "X-User"))));
            try (RunningEngine engine = RunningEngine.of(path)) {
                assertTrue(two.isBound() && three.isBound());
                for (int user = 0; user < 4; user++) {
                    Set<String> hosts = new HashSet<>();
                    for (int visit = 0; visit < 3; visit++) {
                        hosts.add(visited(engine, path, get("/", "X-User: " + user + "\r\n")));
                    }
                    assertEquals(1, hosts.size());
                }
            }
        }
    }

    /** Sends a request and tells which host its session goes to. */
    private static String visited(RunningEngine engine, Paths path, String request) throws Exception {
        try (Socket client = Peers.connect(path.port())) {
            Peers.send(client, request);
            long end = System.nanoTime() + 10_000_000_000L;
            while (System.nanoTime() < end) {
                for (SessionView view : engine.engine().sessions()) {
                    if (view.client().getPort() == client.getLocalPort() && view.target().isPresent()) {
                        return view.target().get().getAddress().getHostAddress();
                    }
                }
            }
            throw new AssertionError("no session");
        }
    }
}
