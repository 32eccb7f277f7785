package org.relayd.runtime.relay.wire.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.relayd.ir.config.Protocol.TcpSettings;
import org.relayd.runtime.relay.Peers;
import org.relayd.runtime.relay.wire.Secured;
import org.relayd.runtime.relay.wire.Wire;
import org.relayd.runtime.tls.TlsFacts;
import org.relayd.runtime.tls.TlsFailure;

/** However many readers over TLS stall, the ciphertext that waits for them is bounded. */
class StalledTlsReadersTest {
    private static final int READERS = 160;
    private static final TcpSettings SMALL = new TcpSettings(Optional.empty(), Optional.empty(), false,
            OptionalInt.of(8 * 1024), OptionalInt.empty(), OptionalInt.empty(), OptionalInt.empty());

    private final WireLoop wires = new WireLoop();
    private final List<Socket> sockets = new ArrayList<>();

    @AfterEach
    void close() throws IOException {
        wires.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    private Wire secured(ServerSocket server) throws Exception {
        Wire wire = wires.connect(server, SMALL);
        Socket peer = Peers.accept(server);
        sockets.add(peer);
        CompletableFuture<TlsFacts> done = new CompletableFuture<>();
        wires.ask(() -> {
            wire.secure(new StandInTls(false), new Secured() {
                @Override
                public void done(TlsFacts facts) {
                    done.complete(facts);
                }

                @Override
                public void failed(TlsFailure failure) {
                    done.completeExceptionally(new AssertionError(failure.text()));
                }
            });
            return wire;
        });
        peer.getOutputStream().write(StandInTls.record('h', ""));
        peer.getOutputStream().write(StandInTls.record('f', ""));
        done.get(WireLoop.PATIENCE, TimeUnit.SECONDS);
        return wire;
    }

    private long sealed() throws Exception {
        return wires.ask(() -> wires.transport().memory().sealed());
    }

    @Test
    void holdAsMuchCiphertextAsBlocksMayHoldAndOneRecordEach() throws Exception {
        try (ServerSocket server = Peers.listen()) {
            server.setReceiveBufferSize(8 * 1024);
            List<Wire> readers = new ArrayList<>();
            for (int i = 0; i < READERS; i++) {
                readers.add(secured(server));
            }
            ByteBuf bytes = Unpooled.directBuffer(1 << 20).writerIndex(1 << 20);
            for (Wire reader : readers) {
                wires.ask(() -> {
                    reader.send(bytes.duplicate(), 1 << 20);
                    return reader;
                });
            }
            long most = (long) ReceiveBlocks.MOST * ReceiveBlocks.SIZE + 140_000 + READERS * 20_000L;
            assertTrue(sealed() <= most, sealed() + " bytes");
            assertTrue(sealed() >= most / 2, sealed() + " bytes: the readers are not slow");
            // One of them gets all in the end.
            sockets.getFirst().getInputStream().skipNBytes(1 << 20);
            wires.ask(() -> {
                readers.forEach(Wire::close);
                return readers;
            });
            assertEquals(0, sealed());
            bytes.release();
        }
    }
}
