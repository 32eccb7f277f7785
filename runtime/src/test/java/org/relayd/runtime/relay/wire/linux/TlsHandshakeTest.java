package org.relayd.runtime.relay.wire.linux;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.relayd.runtime.relay.wire.linux.StandInTls.record;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.relayd.ir.config.Protocol.TcpSettings;
import org.relayd.runtime.relay.Peers;
import org.relayd.runtime.relay.wire.Fault;
import org.relayd.runtime.relay.wire.Secured;
import org.relayd.runtime.relay.wire.Wire;
import org.relayd.runtime.relay.wire.WireListener;
import org.relayd.runtime.tls.TlsFacts;
import org.relayd.runtime.tls.TlsFailure;

/** What a wire does at each step of a handshake, whatever happens to either end then. */
class TlsHandshakeTest {
    private final WireLoop wires = new WireLoop();
    private final Ear ear = new Ear();
    private ServerSocket server;
    private Socket peer;
    private LinuxWire wire;
    private StandInTls tls;

    @BeforeEach
    void connect() throws Exception {
        server = Peers.listen();
        wire = (LinuxWire) wires.connect(server, TcpSettings.defaults());
        peer = Peers.accept(server);
    }

    @AfterEach
    void close() throws Exception {
        wires.ask(() -> {
            wire.close();
            return wire;
        });
        assertEquals(1, tls.stream.released);
        wires.close();
        peer.close();
        server.close();
    }

    /** Writes down what a session hears; on the loop. */
    private static final class Ear implements WireListener, Secured {
        private final List<String> heard = new ArrayList<>();
        private boolean calling;

        private void hear(String what) {
            heard.add(calling ? what + " too soon" : what);
        }

        @Override
        public void done(TlsFacts facts) {
            hear("done " + facts.version());
        }

        @Override
        public void failed(TlsFailure failure) {
            hear("failed " + failure.kind() + " " + failure.text());
        }

        @Override
        public void received(ByteBuf bytes) {
            hear(bytes.readCharSequence(bytes.readableBytes(), StandardCharsets.ISO_8859_1).toString());
        }

        @Override
        public void passed(long count) {
            hear("passed");
        }

        @Override
        public void ended() {
            hear("ended");
        }

        @Override
        public void drained() {
            hear("drained");
        }

        @Override
        public void unheard(Fault reason) {
            hear("unheard " + reason.text());
        }

        @Override
        public void broken(Fault reason) {
            hear("broken " + reason.text());
        }
    }

    private void ask(Runnable what) throws Exception {
        wires.ask(() -> {
            ear.calling = true;
            what.run();
            ear.calling = false;
            return wire;
        });
    }

    private void secure(boolean waits, boolean reads) throws Exception {
        tls = new StandInTls(waits);
        ask(() -> {
            wire.listener(ear);
            wire.secure(tls, ear);
            if (reads) {
                wire.read(true);
            }
        });
    }

    private void await(String... lines) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(WireLoop.PATIENCE);
        List<String> heard = List.of();
        while (heard.size() < lines.length && System.nanoTime() < deadline) {
            heard = wires.ask(() -> List.copyOf(ear.heard));
        }
        assertEquals(List.of(lines), heard);
    }

    /** Several turns of the loop, in which nothing is heard. */
    private void nothingMore(String... lines) throws Exception {
        for (int i = 0; i < 20; i++) {
            wires.ask(() -> wire);
        }
        await(lines);
    }

    private void send(byte[]... records) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] one : records) {
            all.writeBytes(one);
        }
        peer.getOutputStream().write(all.toByteArray());
    }

    private void expect(byte[] record) throws IOException {
        assertArrayEquals(record, peer.getInputStream().readNBytes(record.length));
    }

    private void open(boolean reads) throws Exception {
        secure(false, reads);
        send(record('h', ""));
        expect(record('w', ""));
        send(record('f', ""));
        await("done stand-in");
    }

    @Test
    void theOutcomeIsToldAndThenBytesGoBothWays() throws Exception {
        open(true);
        send(record('d', "ask"));
        await("done stand-in", "ask");
        ask(() -> wire.send(new byte[]{'x'}, 1, Unpooled.wrappedBuffer(new byte[]{'y', 'z'}), 2));
        expect(record('d', "xyz"));
        send(record('e', ""), record('d', "ignored"));
        await("done stand-in", "ask", "ended");
        ask(wire::shutdownOutput);
        expect(record('e', ""));
        assertEquals(-1, peer.getInputStream().read());
        nothingMore("done stand-in", "ask", "ended");
    }

    @Test
    void bytesThatCameWithTheHandshakeFollowItWhenTheyAreWanted() throws Exception {
        secure(false, false);
        send(record('h', ""), record('f', ""), record('d', "early"), record('d', " bird"), record('e', ""));
        expect(record('w', ""));
        await("done stand-in");
        send(record('d', "nobody"));
        nothingMore("done stand-in");
        ask(() -> wire.read(true));
        await("done stand-in", "early bird", "ended");
    }

    @Test
    void bytesThatCameWithTheHandshakeAreReadOnceInOrder() throws Exception {
        secure(false, true);
        send(record('h', ""), record('f', ""), record('d', "one "));
        await("done stand-in", "one ");
        send(record('d', "two"));
        await("done stand-in", "one ", "two");
    }

    @Test
    void whatIsSentBeforeTheOutcomeWaitsForIt() throws Exception {
        secure(false, true);
        ask(() -> {
            assertFalse(wire.isCongested());
            wire.send(new byte[]{'a', 'b'}, 2);
            assertTrue(wire.isCongested());
        });
        send(record('h', ""));
        expect(record('w', ""));
        nothingMore();
        send(record('f', ""));
        expect(record('d', "ab"));
        await("done stand-in", "drained");
        assertFalse(wires.ask(wire::isCongested));
    }

    @Test
    void whatWasSentBeforeGoesAsItIs() throws Exception {
        tls = new StandInTls(false);
        ask(() -> {
            wire.listener(ear);
            wire.send("PROXY".getBytes(StandardCharsets.US_ASCII), 5);
            wire.secure(tls, ear);
        });
        assertEquals("PROXY", Peers.read(peer, 5));
        send(record('h', ""));
        expect(record('w', ""));
    }

    @Test
    void whatWaitedBeforeGoesAsItIsToo() throws Exception {
        tls = new StandInTls(false);
        ByteArrayOutputStream sent = new ByteArrayOutputStream();
        ask(() -> {
            wire.listener(ear);
            while (!wire.isCongested()) {
                byte[] piece = new byte[100_000];
                sent.writeBytes(piece);
                wire.send(piece, piece.length);
            }
            wire.secure(tls, ear);
            wire.send(new byte[]{'z'}, 1);
        });
        send(record('h', ""), record('f', ""));
        assertArrayEquals(sent.toByteArray(), peer.getInputStream().readNBytes(sent.size()));
        expect(record('w', ""));
        expect(record('d', "z"));
    }

    @Test
    void whileTheHandshakeWaitsNothingIsReceived() throws Exception {
        secure(true, true);
        send(record('h', ""), record('f', ""), record('d', "in time"));
        awaitWaiting();
        send(record('d', "later"));
        nothingMore();
        tls.stream.resume();
        expect(record('w', ""));
        await("done stand-in", "in time", "later");
        send(record('?', ""));
        expect(record('a', ""));
        await("done stand-in", "in time", "later", "broken TLS: no record");
    }

    private void awaitWaiting() throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(WireLoop.PATIENCE);
        while (!wires.ask(() -> tls.stream.state().toString()).equals("WAITING")) {
            assertTrue(System.nanoTime() < deadline);
        }
    }

    @Test
    void anEndWhileTheHandshakeWaitsIsToldAfterIt() throws Exception {
        secure(true, true);
        send(record('h', ""));
        awaitWaiting();
        peer.shutdownOutput();
        nothingMore();
        tls.stream.resume();
        await("failed GONE connection ended");
        expect(record('w', ""));
    }

    @Test
    void aResetWhileTheHandshakeWaitsIsToldAtOnce() throws Exception {
        secure(true, true);
        send(record('h', ""));
        awaitWaiting();
        Peers.reset(peer);
        await("failed GONE Connection reset by peer");
        tls.stream.resume();
        nothingMore("failed GONE Connection reset by peer");
    }

    @Test
    void whatIsResumedAfterACloseDoesNothing() throws Exception {
        secure(true, true);
        send(record('h', ""));
        awaitWaiting();
        ask(wire::close);
        tls.stream.resume();
        nothingMore();
        assertEquals(-1, peer.getInputStream().read());
    }

    @Test
    void anEndInTheHandshakeIsAFailure() throws Exception {
        secure(false, true);
        send(record('h', ""));
        expect(record('w', ""));
        peer.shutdownOutput();
        await("failed GONE connection ended");
        nothingMore("failed GONE connection ended");
    }

    @Test
    void aResetInTheHandshakeIsAFailure() throws Exception {
        secure(false, true);
        send(record('h', ""));
        expect(record('w', ""));
        Peers.reset(peer);
        await("failed GONE Connection reset by peer");
        nothingMore("failed GONE Connection reset by peer");
    }

    @Test
    void aResetBeforeTheHandshakeIsAFailure() throws Exception {
        Peers.reset(peer);
        secure(false, true);
        await("failed GONE Connection reset by peer");
    }

    @Test
    void anAlertThatCameBeforeAResetIsTheReason() throws Exception {
        tls = new StandInTls(false);
        ask(() -> {
            wire.listener(ear);
            try {
                send(record('h', ""), record('a', ""));
                Peers.reset(peer);
            } catch (IOException failed) {
                throw new AssertionError(failed);
            }
            wire.secure(tls, ear);
        });
        await("failed ALERT alert");
    }

    @Test
    void afterOtherBytesThanTlsAnAlertGoesAndLaterBytesDoNot() throws Exception {
        secure(false, true);
        send(record('?', ""));
        await("failed PROTOCOL no record");
        ask(() -> {
            wire.send(new byte[]{1}, 1);
            wire.send(Unpooled.wrappedBuffer(new byte[]{1}), 1);
            assertFalse(wire.isCongested());
            wire.closeAfterOutput();
        });
        expect(record('a', ""));
        assertEquals(-1, peer.getInputStream().read());
        nothingMore("failed PROTOCOL no record");
    }

    @Test
    void noResetOvertakesAnAlert() throws Exception {
        secure(false, true);
        byte[] much = new byte[200_000];
        much[0] = '?';
        send(much);
        await("failed PROTOCOL no record");
        ask(wire::closeAfterOutput);
        send(new byte[1000]);
        expect(record('a', ""));
        assertEquals(-1, peer.getInputStream().read());
    }

    @Test
    void aClientThatSpeaksHttpIsAnsweredInClear() throws Exception {
        secure(false, true);
        Peers.send(peer, "GET / HTTP/1.0\r\n\r\n");
        await("failed PLAIN_HTTP http request");
        ask(() -> {
            wire.send("HTTP/1.0 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII), 28);
            wire.closeLingering();
        });
        assertEquals("HTTP/1.0 400 Bad Request\r\n\r\n", Peers.read(peer, 100));
    }

    @Test
    void anEndThatIsNotAnnouncedIsABreak() throws Exception {
        open(true);
        send(record('d', "some"));
        peer.shutdownOutput();
        await("done stand-in", "some", "broken " + Fault.CUT_OFF.text());
    }

    @Test
    void aResetIsTheSystemsMatter() throws Exception {
        open(true);
        Peers.reset(peer);
        await("done stand-in", "broken Connection reset by peer");
    }

    @Test
    void aResetThatNobodyReadsIsTold() throws Exception {
        open(false);
        ask(() -> wire.read(false));
        Peers.reset(peer);
        await("done stand-in", "unheard Connection reset by peer");
        assertTrue(wires.ask(wire::isCongested));
    }

    @Test
    void aCloseInTheHandshakeIsAnEnd() throws Exception {
        secure(false, true);
        send(record('h', ""));
        expect(record('w', ""));
        ask(wire::closeAfterOutput);
        assertEquals(-1, peer.getInputStream().read());
        nothingMore();
    }

    @Test
    void bytesThatWaitInTheHandshakeGoBeforeAClose() throws Exception {
        secure(false, true);
        ask(() -> {
            wire.send(new byte[]{'a'}, 1);
            wire.closeAfterOutput();
        });
        send(record('h', ""), record('f', ""));
        expect(record('w', ""));
        expect(record('d', "a"));
        expect(record('e', ""));
        assertEquals(-1, peer.getInputStream().read());
        nothingMore();
    }

    @Test
    void theEndOfAStreamInTheHandshakeGoesAfterIt() throws Exception {
        secure(false, true);
        ask(wire::shutdownOutput);
        send(record('h', ""), record('f', ""));
        expect(record('w', ""));
        expect(record('e', ""));
        assertEquals(-1, peer.getInputStream().read());
        send(record('d', "late"));
        await("done stand-in", "late");
    }

    @Test
    void answersThatNobodyFetchesHaveABound() throws Exception {
        open(true);
        byte[] ask = record('k', new byte[60_000]);
        assertThrows(SocketException.class, () -> {
            for (int i = 0; i < 1000; i++) {
                send(ask);
            }
        });
        await("done stand-in", "broken TLS: messages that ask for answers, and nobody fetches them");
    }

    @Test
    void everythingIsThereAgainAfterOneByteAtATime() throws Exception {
        secure(false, true);
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(record('h', ""));
        all.writeBytes(record('f', ""));
        all.writeBytes(record('d', "slow"));
        for (byte octet : all.toByteArray()) {
            peer.getOutputStream().write(octet);
            wires.ask(() -> wire);
        }
        await("done stand-in", "slow");
    }
}
