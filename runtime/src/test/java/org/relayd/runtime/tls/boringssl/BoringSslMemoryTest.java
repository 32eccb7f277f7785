package org.relayd.runtime.tls.boringssl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.relayd.runtime.tls.EngineFixture;
import org.relayd.runtime.tls.StreamEnd;
import org.relayd.runtime.tls.TlsEngine;
import org.relayd.runtime.tls.TlsEngine.Context;
import org.relayd.runtime.tls.TlsMemory;
import org.relayd.runtime.tls.TlsSide;
import org.relayd.runtime.tls.TlsSide.Turn;
import org.relayd.runtime.tls.TlsStream;
import org.relayd.runtime.tls.TlsStream.State;

/** What streams allocate, and what they share. */
class BoringSslMemoryTest extends EngineFixture {
    private static final Turn TURN = new Turn(Runnable::run, () -> {});

    private final BoringSsl engine = Engines.make();

    @Override
    protected TlsEngine engine() {
        return engine;
    }

    @AfterEach
    void nothingIsLeft() {
        closeAll();
        Engines.assertNothingIsLeft(engine);
    }

    /** Two streams of one loop, on one memory. */
    private record Pair(TlsStream client, TlsStream server, TlsMemory memory, MemorySegment plain) {

        void shake() {
            client.begin();
            TlsStream from = client;
            TlsStream to = server;
            while (from.produced() > 0) {
                int count = from.produced();
                MemorySegment.copy(memory.out, 0, memory.in, 0, count);
                to.open(count, plain);
                TlsStream next = from;
                from = to;
                to = next;
            }
        }

        int send(TlsStream from, TlsStream to, int count) {
            int sealed = from.seal(plain, count);
            MemorySegment.copy(memory.out, 0, memory.in, 0, sealed);
            return to.open(sealed, plain);
        }

        void release() {
            client.release();
            server.release();
        }
    }

    private Pair pair(TlsSide client, TlsSide server) {
        TlsMemory memory = new TlsMemory();
        MemorySegment plain = Arena.ofAuto().allocate(TlsMemory.IN + 32 * 1024);
        Pair pair = new Pair(client.stream(memory, TURN), server.stream(memory, TURN), memory, plain);
        pair.shake();
        assertEquals(State.OPEN, pair.client.state());
        assertEquals(State.OPEN, pair.server.state());
        return pair;
    }

    @Test
    void nothingIsAllocatedToOpenAndSeal() {
        Pair pair = pair(client(), server());
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        for (int i = 0; i < 2_000; i++) {
            assertEquals(1000, pair.send(pair.client, pair.server, 1000));
            assertEquals(1000, pair.send(pair.server, pair.client, 1000));
        }
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < 10_000; i++) {
            pair.send(pair.client, pair.server, 1000);
            pair.send(pair.server, pair.client, 1000);
        }
        long each = (threads.getCurrentThreadAllocatedBytes() - before) / 40_000;
        assertEquals(0, each, "bytes for each call");
        pair.release();
    }

    @Test
    void heapOfAStreamIsSmall() {
        Context server = server();
        TlsSide client = client();
        for (int i = 0; i < 20; i++) {
            pair(client, server).release();
        }
        TlsMemory memory = new TlsMemory();
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        TlsStream[] streams = new TlsStream[100];
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < streams.length; i++) {
            streams[i] = server.stream(memory, TURN);
        }
        long each = (threads.getCurrentThreadAllocatedBytes() - before) / streams.length;
        assertTrue(each < 500, () -> each + " bytes");
        for (TlsStream stream : streams) {
            stream.release();
        }
    }

    @Test
    void streamsOfALoopDoNotMixTheirBytes() {
        Context server = server();
        TlsMemory memory = new TlsMemory();
        StreamEnd[] servers = new StreamEnd[8];
        StreamEnd[] clients = new StreamEnd[8];
        for (int i = 0; i < servers.length; i++) {
            servers[i] = new StreamEnd(server, memory);
            clients[i] = new StreamEnd(client(), memory);
            clients[i].begin();
        }
        for (int step = 0; step < 600; step++) {
            for (int i = 0; i < servers.length; i++) {
                servers[i].take(clients[i].carry(7));
                clients[i].take(servers[i].carry(11));
            }
        }
        for (int i = 0; i < servers.length; i++) {
            assertEquals(State.OPEN, servers[i].stream().state());
            clients[i].send(new byte[]{(byte) i});
            servers[i].take(clients[i].carry(Integer.MAX_VALUE));
            assertEquals(i, servers[i].received()[0]);
            servers[i].release();
            clients[i].release();
        }
    }
}
