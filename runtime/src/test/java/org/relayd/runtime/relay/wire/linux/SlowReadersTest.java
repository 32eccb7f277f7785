package org.relayd.runtime.relay.wire.linux;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.relayd.ir.config.Protocol.TcpSettings;
import org.relayd.ir.term.TlsVersion;
import org.relayd.runtime.relay.Peers;
import org.relayd.runtime.relay.SecuredTrial;
import org.relayd.runtime.relay.wire.Wire;

/** However many readers are slow, they hold some blocks together and little each, and get every byte in the end. */
class SlowReadersTest {
    /** More than there are blocks. */
    private static final int READERS = ReceiveBlocks.MOST + 8;
    private static final int LENGTH = 1 << 20;
    private static final Executor THREADS = Thread::startVirtualThread;

    private final WireLoop wires = new WireLoop();
    private final List<Socket> open = new ArrayList<>();
    /** What is below those that speak TLS, which would wait for an answer when they are closed. */
    private final List<Socket> raw = new ArrayList<>();

    @AfterEach
    void close() throws IOException {
        wires.close();
        for (Socket socket : raw) {
            socket.close();
        }
    }

    /** Buffers of a fixed size in the kernel. */
    private static TcpSettings buffers(int bytes) {
        return new TcpSettings(Optional.empty(), Optional.empty(), false, OptionalInt.of(bytes), OptionalInt.empty(),
                OptionalInt.empty(), OptionalInt.empty());
    }

    /** Passes what one wire receives to another, as a session does. */
    private static final class Passage extends SilentListener {
        private final Wire from;
        private final Wire to;

        Passage(Wire from, Wire to) {
            this.from = from;
            this.to = to;
            from.listener(this);
            to.listener(new SilentListener() {
                @Override
                public void drained() {
                    from.read(true);
                }
            });
        }

        @Override
        public void received(ByteBuf bytes) {
            // In pieces, as the chunks of a body are.
            to.send(bytes, bytes.readableBytes() / 3);
            to.send(bytes, bytes.readableBytes());
            if (to.isCongested()) {
                from.read(false);
            }
        }
    }

    private Wire connect(ServerSocket server, int buffer, Optional<SecuredTrial> tls) throws Exception {
        Wire wire = wires.connect(server, buffers(buffer));
        Socket accepted = Peers.accept(server);
        raw.add(accepted);
        open.add(tls.isEmpty() ? accepted : tls.get().secure(wire, SecuredTrial.End.SERVER, accepted, wires.loop()));
        return wire;
    }

    private static byte[] text(int reader) {
        byte[] octets = new byte[LENGTH];
        for (int i = 0; i < LENGTH; i++) {
            octets[i] = (byte) (i * 31 + i / 251 + reader);
        }
        return octets;
    }

    private static void write(Socket socket, byte[] octets) {
        try {
            socket.getOutputStream().write(octets);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static byte[] read(Socket socket) {
        try {
            return socket.getInputStream().readNBytes(LENGTH);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Test
    void holdBlocksTogetherAndLittleEach() throws Exception {
        holdLittle(Optional.empty(), ReceiveBlocks.MOST);
    }

    /** Besides, a piece of ciphertext that its socket does not take. */
    @Test
    void holdLittleOverTlsToo() throws Exception {
        try (SecuredTrial tls = new SecuredTrial(SecuredTrial.Library.BORINGSSL, TlsVersion.TLSV1_3)) {
            holdLittle(Optional.of(tls), ReceiveBlocks.MOST);
            assertEquals(0L, wires.ask(() -> wires.transport().memory().sealed()));
        }
    }

    private void holdLittle(Optional<SecuredTrial> tls, int blocks) throws Exception {
        try (ServerSocket sources = Peers.listen(); ServerSocket sinks = Peers.listen()) {
            sinks.setReceiveBufferSize(16 * 1024);
            List<Passage> passages = new ArrayList<>();
            List<CompletableFuture<Void>> written = new ArrayList<>();
            for (int i = 0; i < READERS; i++) {
                Wire from = connect(sources, LENGTH, tls);
                Socket source = open.getLast();
                byte[] octets = text(i);
                written.add(CompletableFuture.runAsync(() -> write(source, octets), THREADS));
                Wire to = connect(sinks, 16 * 1024, tls);
                passages.add(new Passage(from, to));
            }
            for (CompletableFuture<Void> one : written) {
                one.get(WireLoop.PATIENCE, TimeUnit.SECONDS);
            }
            long before = UnpooledByteBufAllocator.DEFAULT.metric().usedDirectMemory();
            wires.ask(() -> {
                passages.forEach(passage -> passage.from.read(true));
                return passages;
            });
            awaitCongestion(passages);
            assertEquals(blocks, wires.ask(() -> wires.transport().memory().blocks.made()));
            long copied = UnpooledByteBufAllocator.DEFAULT.metric().usedDirectMemory() - before;
            long sealed = wires.ask(() -> wires.transport().memory().sealed());
            assertTrue(sealed <= READERS * 140_000L, sealed + " bytes of ciphertext");
            assertTrue(copied - sealed <= (long) READERS * ReceiveBlocks.SMALL, copied + " bytes");
            everythingArrives();
        }
    }

    private void awaitCongestion(List<Passage> passages) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(WireLoop.PATIENCE);
        while (!wires.ask(() -> passages.stream().allMatch(passage -> passage.to.isCongested()))) {
            assertTrue(System.nanoTime() < deadline, "the readers are not slow");
        }
    }

    /** Readers stand after their sources in the list of sockets. */
    private void everythingArrives() throws Exception {
        List<CompletableFuture<byte[]>> texts = new ArrayList<>();
        for (int i = 0; i < READERS; i++) {
            Socket reader = open.get(2 * i + 1);
            texts.add(CompletableFuture.supplyAsync(() -> read(reader), THREADS));
        }
        for (int i = 0; i < READERS; i++) {
            byte[] octets = texts.get(i).get(WireLoop.PATIENCE, TimeUnit.SECONDS);
            assertArrayEquals(text(i), octets, "octets of reader " + i);
        }
    }
}
