package org.relayd.runtime.tls.boringssl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.relayd.runtime.tls.EngineFixture;
import org.relayd.runtime.tls.JoinedEnds;
import org.relayd.runtime.tls.RotatingTicketKeys;
import org.relayd.runtime.tls.ServerPolicy;
import org.relayd.runtime.tls.StreamEnd;
import org.relayd.runtime.tls.TestPolicies;
import org.relayd.runtime.tls.TlsEngine;
import org.relayd.runtime.tls.TlsEngine.ClientContext;
import org.relayd.runtime.tls.TlsEngine.Context;
import org.relayd.runtime.tls.TlsStream.State;

/** Several event loops on contexts that are replaced under them. */
class BoringSslThreadsTest extends EngineFixture {
    private static final int LOOPS = 4;
    private static final int RELOADS = 60;

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

    /** What loops find when they make a stream. */
    private record Now(Context server, ClientContext client) {

        void close() {
            server.close();
            client.close();
        }
    }

    private Now load(ServerPolicy policy) {
        return new Now(server(policy), client(modern(), Optional.empty()));
    }

    /** Shakes hands until it is over, and once at least; returns how often that went well. */
    private static int loop(AtomicReference<Now> now, AtomicBoolean over) {
        int open = 0;
        while (!over.get() || open == 0) {
            Now seen = now.get();
            StreamEnd client = new StreamEnd(seen.client.towards("www.example.com"));
            StreamEnd server = new StreamEnd(seen.server);
            try (JoinedEnds ends = new JoinedEnds(client, server, new JoinedEnds.Elsewhere())) {
                ends.shake();
                if (server.stream().state() == State.OPEN) {
                    server.send(new byte[]{1, 2, 3});
                    ends.settle();
                    assertEquals(3, client.received().length);
                    open++;
                }
            }
        }
        return open;
    }

    @Test
    void contextsAreReplacedWhileLoopsUseThem() throws Exception {
        RotatingTicketKeys keys = new RotatingTicketKeys(System::nanoTime);
        ServerPolicy policy = TestPolicies.ticketing(serving(modern(), LEAF.identity()), keys, 1);
        AtomicReference<Now> now = new AtomicReference<>(load(policy));
        AtomicBoolean over = new AtomicBoolean();
        List<Future<Integer>> loops = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(LOOPS)) {
            for (int i = 0; i < LOOPS; i++) {
                loops.add(threads.submit(() -> loop(now, over)));
            }
            for (int i = 0; i < RELOADS; i++) {
                Now before = now.getAndSet(load(policy));
                before.close();
            }
            over.set(true);
            for (Future<Integer> loop : loops) {
                assertTrue(loop.get() > 0);
            }
        }
        now.get().close();
        keys.close();
    }
}
