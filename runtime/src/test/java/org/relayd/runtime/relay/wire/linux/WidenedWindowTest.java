package org.relayd.runtime.relay.wire.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import java.lang.foreign.ValueLayout;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.relayd.ir.config.Protocol.TcpSettings;
import org.relayd.runtime.relay.Peers;
import org.relayd.runtime.system.linux.LinuxCalls;
import org.relayd.runtime.system.linux.SocketNumbers;

/** A sender that fills blocks gets a wider window; that must not hold up the few bytes or the end that follow. */
class WidenedWindowTest {
    private final WireLoop wires = new WireLoop();
    private ServerSocket server;
    private LinuxWire wire;
    private Socket peer;

    @BeforeEach
    void connect() throws Exception {
        server = Peers.listen();
        wire = (LinuxWire) wires.connect(server, TcpSettings.defaults());
        peer = Peers.accept(server);
    }

    @AfterEach
    void close() throws Exception {
        wires.close();
        peer.close();
        server.close();
    }

    private int option(int name) throws Exception {
        return wires.ask(() -> {
            LoopMemory memory = wires.transport().memory();
            memory.length.set(ValueLayout.JAVA_INT, 0, Integer.BYTES);
            int answer = LinuxCalls.getOption(memory.state, wire.number(), SocketNumbers.SOL_SOCKET, name,
                    memory.option, memory.length);
            assertEquals(0, answer);
            return memory.option.get(ValueLayout.JAVA_INT, 0);
        });
    }

    /** Hears the first byte and the end. */
    private static final class Ear extends SilentListener {
        private final CompletableFuture<String> first = new CompletableFuture<>();
        private final CompletableFuture<Boolean> end = new CompletableFuture<>();

        @Override
        public void received(ByteBuf bytes) {
            first.complete(bytes.readString(bytes.readableBytes(), StandardCharsets.US_ASCII));
        }

        @Override
        public void ended() {
            end.complete(true);
        }
    }

    @Test
    void theKernelKeepsMoreForUs() throws Exception {
        int before = option(SocketNumbers.SO_RCVBUF);
        wires.ask(() -> {
            wires.transport().widen(wire.number());
            return wire;
        });
        int after = option(SocketNumbers.SO_RCVBUF);
        assertTrue(after > before, before + " bytes, then " + after);
    }

    @Test
    void aByteAndTheEndAreToldAtOnce() throws Exception {
        Ear ear = new Ear();
        wires.ask(() -> {
            wire.listener(ear);
            wire.read(true);
            wires.transport().widen(wire.number());
            return wire;
        });
        assertEquals(1, option(SocketNumbers.SO_RCVLOWAT));
        Peers.send(peer, "x");
        assertEquals("x", ear.first.get(WireLoop.PATIENCE, TimeUnit.SECONDS));
        peer.shutdownOutput();
        assertTrue(ear.end.get(WireLoop.PATIENCE, TimeUnit.SECONDS));
    }

    @Test
    void aByteThatWaitedMeanwhileIsToldToo() throws Exception {
        Ear ear = new Ear();
        wires.ask(() -> {
            wire.listener(ear);
            wire.read(true);
            // The edge for this byte finds the mark raised or lowered: either way it must come through.
            Peers.send(peer, "y");
            wires.transport().widen(wire.number());
            return wire;
        });
        assertEquals("y", ear.first.get(WireLoop.PATIENCE, TimeUnit.SECONDS));
    }
}
