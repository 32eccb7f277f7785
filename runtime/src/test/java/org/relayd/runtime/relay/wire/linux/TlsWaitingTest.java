package org.relayd.runtime.relay.wire.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.relayd.ir.config.Protocol.TcpSettings;
import org.relayd.ir.term.TlsVersion;
import org.relayd.runtime.relay.Peers;
import org.relayd.runtime.relay.SecuredTrial;
import org.relayd.runtime.relay.SecuredTrial.End;
import org.relayd.runtime.relay.SecuredTrial.Library;
import org.relayd.runtime.relay.wire.Secured;
import org.relayd.runtime.relay.wire.Wire;
import org.relayd.runtime.tls.OctetString;
import org.relayd.runtime.tls.TlsFacts;
import org.relayd.runtime.tls.TlsFailure;

/** Wires whose handshakes wait for a signature from elsewhere. */
class TlsWaitingTest {
    private static final Executor THREADS = Thread::startVirtualThread;

    /** A signature that somebody waits for. */
    private record Question(OctetString content, Consumer<Optional<byte[]>> answer) {
        void sign() {
            answer.accept(Optional.of(SecuredTrial.signature(content.toArray())));
        }
    }

    private final LinkedBlockingQueue<Question> questions = new LinkedBlockingQueue<>();
    private final WireLoop wires = new WireLoop();
    private final SecuredTrial trial = SecuredTrial.signing(Library.BORINGSSL,
            (_, content, answer) -> questions.add(new Question(new OctetString(content), answer)), TlsVersion.TLSV1_2,
            TlsVersion.TLSV1_3);
    private final CompletableFuture<String> outcome = new CompletableFuture<>();
    private final CompletableFuture<Void> peerShookHands = new CompletableFuture<>();
    private ServerSocket server;
    private Wire wire;
    private Socket raw;
    private SSLSocket peer;

    @BeforeEach
    void connect() throws Exception {
        server = Peers.listen();
        wire = wires.connect(server, TcpSettings.defaults());
        raw = Peers.accept(server);
        peer = trial.other(End.SERVER, raw);
    }

    @AfterEach
    void close() throws Exception {
        wires.ask(() -> {
            wire.close();
            return wire;
        });
        assertEquals(0, trial.alive());
        wires.close();
        raw.close();
        server.close();
        trial.close();
    }

    /** Begins as far as a signature is needed. */
    private Question begin(TlsVersion version) throws Exception {
        peer.setEnabledProtocols(new String[]{version == TlsVersion.TLSV1_2 ? "TLSv1.2" : "TLSv1.3"});
        wires.ask(() -> {
            wire.secure(trial.side(End.SERVER), new Secured() {
                @Override
                public void done(TlsFacts facts) {
                    outcome.complete(facts.version());
                }

                @Override
                public void failed(TlsFailure failure) {
                    outcome.complete(failure.toString());
                }
            });
            return wire;
        });
        THREADS.execute(() -> {
            try {
                peer.startHandshake();
                peerShookHands.complete(null);
            } catch (IOException failed) {
                peerShookHands.completeExceptionally(failed);
            }
        });
        return questions.poll(WireLoop.PATIENCE, TimeUnit.SECONDS);
    }

    private String outcome() throws Exception {
        return outcome.get(WireLoop.PATIENCE, TimeUnit.SECONDS);
    }

    @ParameterizedTest
    @EnumSource(value = TlsVersion.class, names = {"TLSV1_2", "TLSV1_3"})
    void goOnWhenItComes(TlsVersion version) throws Exception {
        Question question = begin(version);
        wires.ask(() -> {
            wire.send(new byte[]{42}, 1);
            return wire;
        });
        assertTrue(!outcome.isDone());
        question.sign();
        assertEquals(version == TlsVersion.TLSV1_2 ? "TLSv1.2" : "TLSv1.3", outcome());
        assertEquals(42, peer.getInputStream().read());
    }

    @ParameterizedTest
    @EnumSource(value = TlsVersion.class, names = {"TLSV1_2", "TLSV1_3"})
    void failWhenNoneComes(TlsVersion version) throws Exception {
        begin(version).answer().accept(Optional.empty());
        assertTrue(outcome().startsWith("TlsFailure[kind=INTERNAL"), outcome());
        ExecutionException seen = assertThrows(ExecutionException.class,
                () -> peerShookHands.get(WireLoop.PATIENCE, TimeUnit.SECONDS));
        assertInstanceOf(SSLException.class, seen.getCause());
    }

    @ParameterizedTest
    @EnumSource(value = TlsVersion.class, names = {"TLSV1_2", "TLSV1_3"})
    void mayBeClosedBeforeItComes(TlsVersion version) throws Exception {
        Question question = begin(version);
        wires.ask(() -> {
            wire.close();
            return wire;
        });
        assertEquals(0, trial.alive());
        question.sign();
        for (int i = 0; i < 10; i++) {
            wires.ask(() -> wire);
        }
        assertTrue(!outcome.isDone());
    }

    @ParameterizedTest
    @EnumSource(value = TlsVersion.class, names = {"TLSV1_2", "TLSV1_3"})
    void hearAReset(TlsVersion version) throws Exception {
        Question question = begin(version);
        Peers.reset(raw);
        assertEquals("TlsFailure[kind=GONE, text=Connection reset by peer]", outcome());
        question.sign();
    }
}
