package org.relayd.runtime.relay.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.Socket;
import org.junit.jupiter.api.Test;
import org.relayd.ir.config.Protocol;
import org.relayd.ir.term.EntityOption;
import org.relayd.ir.term.EntityType;
import org.relayd.ir.term.ProxyProtocol;
import org.relayd.runtime.relay.Paths;
import org.relayd.runtime.relay.Peers;

class ReuseTest {
    private static final String GET = "GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

    /** Lets a session end in order and returns the connection to the target that it had. */
    private static Socket afterOneSession(HttpScene scene, String request) throws IOException {
        Socket client = scene.client();
        Peers.send(client, request);
        Socket target = scene.target();
        Peers.readUntil(target, "\r\n\r\n");
        Peers.send(target, OK);
        Peers.readAll(client);
        return target;
    }

    @Test
    void nextSessionUsesTheConnectionThatTheLastOneLeft() throws Exception {
        try (HttpScene scene = HttpScene.of()) {
            Socket first = scene.client();
            Peers.send(first, GET);
            Socket target = scene.target();
            for (int session = 1; session <= 3; session++) {
                Socket client = session == 1 ? first : scene.client();
                if (session > 1) {
                    Peers.send(client, GET);
                }
                assertEquals("GET / HTTP/1.1\r\nHost: x\r\n\r\n", Peers.readUntil(target, "\r\n\r\n"));
                Peers.send(target, OK);
                assertEquals("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok",
                        Peers.readAll(client));
                assertTrue(scene.log().await("session " + session + " ")
                        .endsWith(" -> 127.0.0.1:" + scene.targetPort() + ", done, GET"));
            }
        }
    }

    @Test
    void requestIsRepeatedIfTheKeptConnectionWasClosedUnseen() throws Exception {
        try (HttpScene scene = HttpScene.of()) {
            Socket target = afterOneSession(scene, GET);
            Socket second = scene.client();
            Peers.send(second, GET);
            assertTrue(Peers.readUntil(target, "\r\n\r\n").startsWith("GET "));
            target.close();
            Socket fresh = scene.target();
            assertEquals("GET / HTTP/1.1\r\nHost: x\r\n\r\n", Peers.readUntil(fresh, "\r\n\r\n"));
            Peers.send(fresh, OK);
            assertTrue(Peers.readAll(second).endsWith("ok"));
        }
    }

    @Test
    void requestThatMustNotBeSentTwiceGetsAConnectionOfItsOwn() throws Exception {
        try (HttpScene scene = HttpScene.of()) {
            afterOneSession(scene, GET);
            Socket second = scene.client();
            Peers.send(second, "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\n\r\nx");
            assertTrue(Peers.readUntil(scene.target(), "\r\n\r\n").startsWith("POST "));
        }
    }

    @Test
    void requestOfAMethodThatNobodyRegisteredGetsAConnectionOfItsOwn() throws Exception {
        try (HttpScene scene = HttpScene.of()) {
            afterOneSession(scene, GET);
            Socket second = scene.client();
            Peers.send(second, "QUERY / HTTP/1.1\r\nHost: x\r\n\r\n");
            assertTrue(Peers.readUntil(scene.target(), "\r\n\r\n").startsWith("QUERY "));
        }
    }

    @Test
    void ruleThatWritesConnectionCloseKeepsConnectionsApart() throws Exception {
        try (HttpScene scene = HttpScene
                .of(RuleSource.match().on(EntityType.HEADER, EntityOption.SET, "Connection", "close"))) {
            for (int session = 1; session <= 2; session++) {
                Socket target = afterOneSession(scene, GET);
                assertEquals("", Peers.readAll(target));
            }
        }
    }

    @Test
    void connectionOfAnAuthenticatedUserIsNotShared() throws Exception {
        try (HttpScene scene = HttpScene.of()) {
            Socket target = afterOneSession(scene,
                    "GET / HTTP/1.1\r\nHost: x\r\nAuthorization: NTLM abc\r\nConnection: close\r\n\r\n");
            assertEquals("", Peers.readAll(target));
            Socket second = scene.client();
            Peers.send(second, GET);
            assertTrue(Peers.readUntil(scene.target(), "\r\n\r\n").startsWith("GET "));
        }
    }

    @Test
    void connectionThatNamedItsClientIsNotShared() throws Exception {
        try (HttpScene scene = HttpScene.of(new Paths().proxy(ProxyProtocol.V1), Protocol.HttpSettings.defaults())) {
            for (int session = 1; session <= 2; session++) {
                Socket client = scene.client();
                Peers.send(client, GET);
                Socket target = scene.target();
                assertTrue(Peers.readUntil(target, "\r\n")
                        .startsWith("PROXY TCP4 127.0.0.1 127.0.0.1 " + client.getLocalPort() + " "));
                assertEquals("GET / HTTP/1.1\r\nConnection: close\r\nHost: x\r\n\r\n",
                        Peers.readUntil(target, "\r\n\r\n"));
                Peers.send(target, OK);
                Peers.readAll(client);
            }
        }
    }
}
