package org.relayd.runtime.relay;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.relayd.ir.term.TlsVersion;
import org.relayd.runtime.relay.SecuredTrial.End;
import org.relayd.runtime.relay.SecuredTrial.Library;
import org.relayd.runtime.relay.wire.Fault;
import org.relayd.runtime.relay.wire.Secured;
import org.relayd.runtime.relay.wire.Wire;
import org.relayd.runtime.relay.wire.WireListener;
import org.relayd.runtime.tls.TlsFacts;
import org.relayd.runtime.tls.TlsFailure;

/** What {@link Wire#secure} promises, of the wires of this system and of the portable ones. */
class SecureWireTest {
    /** Transports and libraries. */
    enum Way {
        SYSTEM(WireTrial.Kind.SYSTEM, Library.BORINGSSL), PORTABLE(WireTrial.Kind.PORTABLE,
                Library.BORINGSSL),
        SYSTEM_JDK(WireTrial.Kind.SYSTEM,
                Library.JDK),
        PORTABLE_JDK(WireTrial.Kind.PORTABLE, Library.JDK);

        private final WireTrial.Kind kind;
        private final Library library;

        Way(WireTrial.Kind kind, Library library) {
            this.kind = kind;
            this.library = library;
        }
    }

    private final Ear ear = new Ear();
    private WireTrial trial;
    private SecuredTrial secured;
    private ServerSocket server;
    private Socket raw;
    private Wire wire;

    private void connect(Way way) throws Exception {
        trial = new WireTrial(way.kind);
        secured = new SecuredTrial(way.library, TlsVersion.TLSV1_2, TlsVersion.TLSV1_3);
        server = Peers.listen();
        wire = trial.connect(server);
        raw = Peers.accept(server);
        run(() -> wire.listener(ear));
    }

    @AfterEach
    void close() throws Exception {
        run(wire::close);
        raw.close();
        server.close();
        trial.close();
        secured.close();
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
            hear("failed " + failure.kind());
        }

        @Override
        public void received(ByteBuf bytes) {
            hear(bytes.readCharSequence(bytes.readableBytes(), US_ASCII).toString());
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
            hear("unheard");
        }

        @Override
        public void broken(Fault reason) {
            hear("broken " + reason.text());
        }
    }

    private void run(Runnable what) throws Exception {
        trial.ask(() -> {
            ear.calling = true;
            what.run();
            ear.calling = false;
            return wire;
        });
    }

    private List<String> heard() throws Exception {
        return trial.ask(() -> List.copyOf(ear.heard));
    }

    /** Waits until what was heard is as wanted. */
    private List<String> await(Predicate<List<String>> wanted) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(WireTrial.PATIENCE);
        List<String> heard = heard();
        while (!wanted.test(heard)) {
            assertTrue(System.nanoTime() < deadline, heard::toString);
            Thread.onSpinWait();
            heard = heard();
        }
        return heard;
    }

    private void secure() throws Exception {
        run(() -> wire.secure(secured.side(End.SERVER), ear));
    }

    /** Shakes hands as a client. */
    private SSLSocket shake() throws Exception {
        secure();
        SSLSocket peer = secured.other(End.SERVER, raw);
        peer.startHandshake();
        await(heard -> heard.contains("done TLSv1.3"));
        return peer;
    }

    @ParameterizedTest
    @EnumSource
    void httpIsToldApartAndCanBeAnsweredInTheClear(Way way) throws Exception {
        connect(way);
        secure();
        Peers.send(raw, "GET / HTTP/1.1\r\nHost: x\r\n\r\n");
        assertEquals(List.of("failed PLAIN_HTTP"), await(heard -> !heard.isEmpty()));
        run(() -> {
            wire.send("HTTP/1.0 400 x\r\n\r\n".getBytes(US_ASCII), 18);
            wire.closeLingering();
        });
        assertEquals("HTTP/1.0 400 x\r\n\r\n", Peers.readAll(raw));
        assertEquals(1, heard().size());
    }

    @ParameterizedTest
    @EnumSource
    void whatIsNoTlsFailsAndTheRestIsForgotten(Way way) throws Exception {
        connect(way);
        secure();
        Peers.send(raw, "SSH-2.0-OpenSSH_9.2\r\n");
        assertEquals(List.of("failed PROTOCOL"), await(heard -> !heard.isEmpty()));
        Peers.send(raw, "more that nobody reads");
        run(() -> {
            wire.send(new byte[9], 9);
            wire.closeLingering();
        });
        byte[] alert = raw.getInputStream().readAllBytes();
        assertTrue(alert.length == 0 || (alert.length == 7 && alert[0] == 21), alert.length + " octets");
        assertEquals(1, heard().size());
    }

    @ParameterizedTest
    @EnumSource
    void anEndThatIsGoneFailsTheHandshake(Way way) throws Exception {
        connect(way);
        secure();
        raw.getOutputStream().write(new byte[]{22, 3, 1});
        raw.shutdownOutput();
        assertEquals(List.of("failed GONE"), await(heard -> !heard.isEmpty()));
    }

    @ParameterizedTest
    @EnumSource
    void anEndThatResetsFailsTheHandshake(Way way) throws Exception {
        connect(way);
        secure();
        raw.getOutputStream().write(new byte[]{22, 3, 1});
        Peers.reset(raw);
        assertEquals(List.of("failed GONE"), await(heard -> !heard.isEmpty()));
    }

    @ParameterizedTest
    @EnumSource
    void aWireThatIsClosedWithinTheHandshakeTellsNothing(Way way) throws Exception {
        connect(way);
        secure();
        raw.getOutputStream().write(new byte[]{22, 3, 1});
        run(wire::closeAfterOutput);
        assertEquals("", Peers.readAll(raw));
        assertEquals(List.of(), heard());
    }

    @ParameterizedTest
    @EnumSource
    void whatIsSentBeforeTheOutcomeWaits(Way way) throws Exception {
        connect(way);
        run(() -> {
            wire.secure(secured.side(End.SERVER), ear);
            wire.send("first ".getBytes(US_ASCII), 6);
        });
        assertTrue(trial.ask(wire::isCongested));
        SSLSocket peer = secured.other(End.SERVER, raw);
        peer.startHandshake();
        assertEquals(List.of("done TLSv1.3", "drained"), await(heard -> heard.size() == 2));
        assertFalse(trial.ask(wire::isCongested));
        run(() -> wire.send("second".getBytes(US_ASCII), 6));
        assertEquals("first second", new String(peer.getInputStream().readNBytes(12), US_ASCII));
    }

    @ParameterizedTest
    @EnumSource
    void whoDoesNotReadHearsNothing(Way way) throws Exception {
        connect(way);
        SSLSocket peer = shake();
        peer.getOutputStream().write("hello".getBytes(US_ASCII));
        peer.shutdownOutput();
        run(() -> wire.send(new byte[]{1}, 1));
        assertEquals(1, peer.getInputStream().read());
        assertEquals(List.of("done TLSv1.3"), heard());
        run(() -> wire.read(true));
        assertEquals(List.of("done TLSv1.3", "hello", "ended"), await(heard -> heard.contains("ended")));
    }

    @ParameterizedTest
    @EnumSource
    void anEndThatIsNotAnnouncedIsABreak(Way way) throws Exception {
        connect(way);
        SSLSocket peer = shake();
        run(() -> wire.read(true));
        peer.getOutputStream().write("half".getBytes(US_ASCII));
        raw.shutdownOutput();
        assertEquals(List.of("done TLSv1.3", "half", "broken " + Fault.CUT_OFF.text()),
                await(heard -> heard.size() == 3));
    }

    @ParameterizedTest
    @EnumSource
    void aResetIsABreak(Way way) throws Exception {
        connect(way);
        shake();
        run(() -> wire.read(true));
        Peers.reset(raw);
        assertEquals("broken Connection reset by peer", await(heard -> heard.size() == 2).getLast());
    }

    /** Ways to end the stream. */
    private List<Runnable> endings() {
        return List.of(wire::shutdownOutput, wire::closeAfterOutput, wire::closeLingering, wire::closeAnswered);
    }

    @ParameterizedTest
    @EnumSource
    void everyOrderlyEndIsAnnouncedAfterAllThatWasSent(Way way) throws Exception {
        for (int ending = 0; ending < 4; ending++) {
            ear.heard.clear();
            connect(way);
            SSLSocket peer = shake();
            // What nobody has read would make a reset of the close.
            run(() -> wire.read(true));
            byte[] much = WireTrial.octets(3_000_000);
            Runnable end = endings().get(ending);
            run(() -> {
                wire.send(much, much.length);
                end.run();
            });
            assertArrayEquals(much, peer.getInputStream().readNBytes(much.length));
            assertEquals(-1, peer.getInputStream().read(), "ending " + ending);
            if (ending < 3) {
                close();
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void everythingComesBackWhoeverIsSlow(Way way) throws Exception {
        connect(way);
        SSLSocket peer = shake();
        run(() -> {
            wire.listener(new Echo(wire));
            wire.read(true);
        });
        byte[] much = WireTrial.octets(4_000_000);
        CompletableFuture<
                Void> written = CompletableFuture.runAsync(() -> write(peer, much), Thread::startVirtualThread);
        assertArrayEquals(much, peer.getInputStream().readNBytes(much.length));
        written.get(WireTrial.PATIENCE, TimeUnit.SECONDS);
        assertEquals(-1, peer.getInputStream().read());
    }

    private static void write(SSLSocket peer, byte[] bytes) {
        try {
            peer.getOutputStream().write(bytes);
            peer.shutdownOutput();
        } catch (IOException failed) {
            throw new IllegalStateException(failed);
        }
    }

    /** Sends back what comes, and waits for who does not read it. */
    private record Echo(Wire wire) implements WireListener {
        @Override
        public void received(ByteBuf bytes) {
            wire.send(bytes, bytes.readableBytes());
            wire.read(!wire.isCongested());
        }

        @Override
        public void passed(long count) {
            throw new AssertionError("nothing was passed");
        }

        @Override
        public void ended() {
            wire.shutdownOutput();
        }

        @Override
        public void drained() {
            wire.read(true);
        }

        @Override
        public void unheard(Fault reason) {
            throw new AssertionError(reason.text());
        }

        @Override
        public void broken(Fault reason) {
            throw new AssertionError(reason.text());
        }
    }
}
