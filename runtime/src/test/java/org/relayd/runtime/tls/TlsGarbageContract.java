package org.relayd.runtime.tls;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.relayd.ir.term.TlsVersion;
import org.relayd.runtime.tls.TlsFailure.Kind;
import org.relayd.runtime.tls.TlsStream.State;

/** What streams make of bytes that others must not send, whichever library makes them. */
public abstract class TlsGarbageContract extends EngineFixture {
    private static final int ALERT = 7;

    private StreamEnd listening() {
        StreamEnd server = new StreamEnd(server());
        afterwards(server::release);
        server.begin();
        return server;
    }

    private void settle(StreamEnd end) {
        boolean moved = true;
        while (moved) {
            moved = elsewhere.runAll();
            moved |= end.turn();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET / HTTP/1.1\r\nHost: a\r\n\r\n", "POST /a HTTP/1.0\r\n\r\n", "PUT /a HTTP/1.1\r\n\r\n",
            "HEAD / HTTP/1.1\r\n\r\n", "CONNECT a:443 HTTP/1.1\r\n\r\n", "DELETE /a HTTP/1.1\r\n\r\n",
            "OPTIONS * HTTP/1.1\r\n\r\n", "PATCH /a HTTP/1.1\r\n\r\n", "TRACE / HTTP/1.1\r\n\r\n"})
    void plainHttpIsToldApartAndNotAnswered(String request) {
        StreamEnd server = listening();
        server.take(request.getBytes(StandardCharsets.US_ASCII));
        assertTrue(failed(server).startsWith("PLAIN_HTTP "), () -> failed(server));
        assertEquals(0, server.outgoing().length);
    }

    @ParameterizedTest
    @ValueSource(strings = {"16030140010100ffff ff", "16030148010100ffffff", "160301000401ffffff",
            "802e0100020015000000100102030405060708", "0000000000000000000000000000000000000000",
            "50524f58592054435034203120320d0a", "5353482d322e302d780d0a", "1603010005010000010100", "15030100020250",
            "17030300200000000000000000000000000000000000000000000000000000000000000000", "14030300010116030300010e"})
    void garbageIsAnsweredWithOneAlertAtMost(String hex) {
        StreamEnd server = listening();
        byte[] junk = HexFormat.of().parseHex(hex.replace(" ", ""));
        server.take(junk);
        settle(server);
        server.take(new byte[30_000]);
        settle(server);
        TlsFailure failure = server.stream().failure().orElseThrow();
        assertTrue(failure.kind() == Kind.PROTOCOL || failure.kind() == Kind.ALERT, failure::toString);
        assertTrue(failure.text().length() <= 100 && failure.text().matches("[ -~]+"), failure::text);
        assertTrue(server.outgoing().length <= ALERT, () -> HexFormat.of().formatHex(server.outgoing()));
        server.take(junk);
        server.finish();
        assertTrue(server.outgoing().length <= ALERT);
    }

    @Test
    void clientRefusesGarbage() {
        StreamEnd client = new StreamEnd(client());
        afterwards(client::release);
        client.begin();
        client.carry(Integer.MAX_VALUE);
        client.take("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        assertTrue(failed(client).startsWith("PROTOCOL "), () -> failed(client));
    }

    @ParameterizedTest
    @CsvSource({"TLSV1_2,5", "TLSV1_2,40", "TLSV1_3,5", "TLSV1_3,40"})
    void changedBytesEndTheConnectionAfterWhatWasGood(TlsVersion version, int at) {
        Connection made = connect(client(), server(serving(common(version), LEAF.identity())));
        made.client().send("good".getBytes(StandardCharsets.US_ASCII));
        byte[] good = made.client().carry(Integer.MAX_VALUE);
        made.client().send(new byte[100]);
        byte[] bad = made.client().carry(Integer.MAX_VALUE);
        bad[at] ^= 1;
        byte[] both = Arrays.copyOf(good, good.length + bad.length);
        System.arraycopy(bad, 0, both, good.length, bad.length);
        made.server().take(both);
        assertEquals("good", new String(made.server().received(), StandardCharsets.US_ASCII));
        assertTrue(failed(made.server()).startsWith("PROTOCOL "), () -> failed(made.server()));
        made.ends().settle();
        assertTrue(failed(made.client()).startsWith("ALERT "), () -> failed(made.client()));
    }

    @Test
    void recordsAboveTheirLimitEndTheConnection() {
        Connection made = connect(client(), server());
        byte[] record = new byte[5 + 20_000];
        record[0] = 23;
        record[1] = 3;
        record[2] = 3;
        record[3] = (byte) (20_000 >> 8);
        record[4] = (byte) 20_000;
        // Nobody waits for the rest of it.
        made.server().take(Arrays.copyOf(record, 5));
        assertTrue(failed(made.server()).startsWith("PROTOCOL "), () -> failed(made.server()));
    }

    @ParameterizedTest
    @EnumSource(value = TlsVersion.class, names = {"TLSV1_2", "TLSV1_3"})
    void alertsOfTheOtherEndAreToldInWords(TlsVersion version) {
        Connection made = connect(client(), server(serving(common(version), LEAF.identity())));
        StreamEnd other = connect(client(), server(serving(common(version), LEAF.identity()))).server();
        // Ciphertext of another connection cannot be read: whoever gets it says so.
        other.send("stray".getBytes(StandardCharsets.US_ASCII));
        made.client().take(other.carry(Integer.MAX_VALUE));
        made.ends().settle();
        assertEquals("ALERT alert bad record mac", failed(made.server()));
    }

    @Test
    void nothingIsReadAfterTheEnd() {
        Connection made = connect(client(), server());
        made.client().finish();
        made.server().take(made.client().carry(Integer.MAX_VALUE));
        assertEquals(State.ENDED, made.server().stream().state());
        made.server().take("anything".getBytes(StandardCharsets.US_ASCII));
        assertEquals(State.ENDED, made.server().stream().state());
        made.echoOfServer();
    }

    /** Bytes of a hello are changed one after the other: nothing but an alert comes of it. */
    @Test
    void changedHellosHurtNobody() {
        StreamEnd client = new StreamEnd(client());
        afterwards(client::release);
        client.begin();
        byte[] hello = client.carry(Integer.MAX_VALUE);
        Random random = new Random(7);
        TlsSide side = server();
        for (int i = 0; i < 300; i++) {
            byte[] changed = hello.clone();
            for (int count = 1 + random.nextInt(4); count > 0; count--) {
                changed[random.nextInt(changed.length)] = (byte) random.nextInt();
            }
            StreamEnd server = new StreamEnd(side);
            server.take(Arrays.copyOf(changed, 1 + random.nextInt(changed.length)));
            settle(server);
            server.take(changed);
            settle(server);
            State reached = server.stream().state();
            assertTrue(reached == State.FAILED || reached == State.HANDSHAKE, reached::name);
            server.release();
        }
    }

    @ParameterizedTest
    @EnumSource(value = TlsVersion.class, names = {"TLSV1_2", "TLSV1_3"})
    void bytesMayComeInAnyPieces(TlsVersion version) {
        TlsSide serving = server(serving(common(version), LEAF.identity()));
        TlsSide calling = client(modern(), Optional.empty()).towards("www.example.com");
        for (int seed = 0; seed < 12; seed++) {
            Random random = new Random(seed);
            int most = List.of(1, 3, 17, 600, 20_000, 200_000).get(seed % 6);
            StreamEnd client = new StreamEnd(calling);
            StreamEnd server = new StreamEnd(serving);
            byte[] up = new byte[random.nextInt(most * 200 + 1) % 300_000];
            byte[] down = new byte[random.nextInt(most * 200 + 1) % 300_000];
            random.nextBytes(up);
            random.nextBytes(down);
            try (JoinedEnds ends = new JoinedEnds(client, server, elsewhere, () -> 1 + random.nextInt(most))) {
                ends.shake();
                client.send(up);
                server.send(down);
                client.finish();
                ends.settle();
                assertArrayEquals(up, server.received());
                assertArrayEquals(down, client.received());
                assertEquals(State.ENDED, server.stream().state());
            }
        }
    }
}
