package org.relayd.runtime.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.relayd.ir.config.Protocol.TcpSettings;
import org.relayd.ir.term.TlsVersion;
import org.relayd.runtime.SocketKind;
import org.relayd.runtime.relay.SecuredTrial.Library;
import org.relayd.runtime.relay.session.RelayLoop;
import org.relayd.runtime.relay.wire.Fault;
import org.relayd.runtime.relay.wire.Transport;
import org.relayd.runtime.relay.wire.Wire;
import org.relayd.runtime.relay.wire.WireListener;
import org.relayd.runtime.relay.wire.KeptLimit;

/** One loop with wires of a kind, for tests of what {@link Wire} promises. */
final class WireTrial implements AutoCloseable {
    /** Octets of one piece that is sent. */
    static final int PIECE = 200_000;
    /** Seconds that anything may take. */
    static final long PATIENCE = 10;

    private final EngineLoops loops;
    private final Kind kind;
    private final Optional<SecuredTrial> secured;
    private final Deque<Socket> peers = new ArrayDeque<>();
    private final IdentityHashMap<Socket, Socket> below = new IdentityHashMap<>();

    WireTrial(Kind kind) {
        this.kind = kind;
        loops = EngineLoops.start(kind.sockets(), 1, KeptLimit.none());
        secured = kind.library.map(library -> new SecuredTrial(library, TlsVersion.TLSV1_2, TlsVersion.TLSV1_3));
    }

    /** Kinds of wires. */
    enum Kind {
        SYSTEM, PORTABLE, SERVER(Library.BORINGSSL), CLIENT(Library.BORINGSSL), JDK_SERVER(Library.JDK),
        PORTABLE_SERVER(
                Library.JDK);

        private final Optional<Library> library;

        Kind() {
            library = Optional.empty();
        }

        Kind(Library library) {
            this.library = Optional.of(library);
        }

        SocketKind sockets() {
            return this == PORTABLE || this == PORTABLE_SERVER ? SocketKind.PORTABLE : SocketKind.ofThisMachine();
        }

        /** Whether bytes go as they are. */
        boolean isPlain() {
            return library.isEmpty();
        }

        private SecuredTrial.End end() {
            return this == CLIENT ? SecuredTrial.End.CLIENT : SecuredTrial.End.SERVER;
        }
    }

    /** The other end of the wire that was made first of those for which this was not asked yet. */
    Socket accept(ServerSocket server) throws IOException {
        return kind.isPlain() ? Peers.accept(server) : peers.removeFirst();
    }

    /** The loop, which is the only one. */
    List<RelayLoop> loops() {
        return loops.loops();
    }

    @Override
    public void close() {
        loops.stop();
        secured.ifPresent(SecuredTrial::close);
    }

    /** Closes the other end of a wire with a reset. */
    void reset(Socket peer) throws IOException {
        Peers.reset(below.getOrDefault(peer, peer));
    }

    /** A server has sent tickets by now, and what nobody reads would make a reset of a close. */
    private void takeTickets(Wire wire) throws Exception {
        ask(() -> {
            wire.read(true);
            return wire;
        });
        for (int turns = 0; turns < 20; turns++) {
            ask(() -> wire);
        }
        ask(() -> {
            wire.read(false);
            return wire;
        });
    }

    /** What a call on the loop answers. */
    <T> T ask(Callable<T> call) throws Exception {
        return loops().getFirst().executor().submit(call).get(PATIENCE, TimeUnit.SECONDS);
    }

    /** A wire to a server. */
    Wire connect(ServerSocket server) throws Exception {
        CompletableFuture<Wire> made = new CompletableFuture<>();
        ask(() -> loops().getFirst().transport().connect((InetSocketAddress) server.getLocalSocketAddress(),
                TcpSettings.defaults(), new Transport.ConnectOutcome() {
                    @Override
                    public void connected(Wire wire) {
                        made.complete(wire);
                    }

                    @Override
                    public void failed(Transport.Failure failure) {
                        made.completeExceptionally(new AssertionError(failure.toString()));
                    }
                }));
        Wire wire = made.get(PATIENCE, TimeUnit.SECONDS);
        if (secured.isPresent()) {
            Socket raw = Peers.accept(server);
            Socket peer = secured.get().secure(wire, kind.end(), raw, loops().getFirst().executor());
            peers.addLast(peer);
            below.put(peer, raw);
            takeTickets(wire);
        }
        return wire;
    }

    /** Counts how often congestion ends. */
    static final class Ear implements WireListener {
        final CompletableFuture<Boolean> drained = new CompletableFuture<>();
        int times;
        private boolean sending;

        @Override
        public void received(ByteBuf bytes) {
            throw new AssertionError("nothing was sent here");
        }

        @Override
        public void passed(long count) {
            throw new AssertionError("nothing was passed");
        }

        @Override
        public void ended() {
            // The test is over.
        }

        @Override
        public void drained() {
            times++;
            drained.complete(!sending);
        }

        @Override
        public void unheard(Fault reason) {
            drained.completeExceptionally(new AssertionError(reason.text()));
        }

        @Override
        public void broken(Fault reason) {
            drained.completeExceptionally(new AssertionError(reason.text()));
        }
    }

    /** Sends one piece after the other, each out of the same buffer unless the wire holds it, until one has to wait. */
    static byte[] fill(Wire wire, Ear ear) {
        ByteArrayOutputStream sent = new ByteArrayOutputStream();
        ByteBuf buffer = Unpooled.directBuffer(PIECE);
        ear.sending = true;
        for (int i = 1; !wire.isCongested(); i++) {
            byte[] octets = new byte[PIECE];
            Arrays.fill(octets, (byte) i);
            sent.writeBytes(octets);
            buffer.clear().writeBytes(octets);
            wire.send(octets, 1000, buffer.skipBytes(1000), PIECE / 2);
            wire.send(buffer, buffer.readableBytes());
            assertEquals(0, buffer.readableBytes());
            Arrays.fill(octets, (byte) 0);
            if (buffer.refCnt() == 1) {
                buffer.setZero(0, PIECE);
            } else {
                buffer.release();
                buffer = Unpooled.directBuffer(PIECE);
            }
        }
        ear.sending = false;
        buffer.release();
        return sent.toByteArray();
    }

    /** That many octets, each telling its place. */
    static byte[] octets(int length) {
        byte[] octets = new byte[length];
        for (int i = 0; i < length; i++) {
            octets[i] = (byte) (i * 31 + i / 251);
        }
        return octets;
    }
}
