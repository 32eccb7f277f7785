package org.relayd.runtime.tls.boringssl;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.AfterEach;
import org.relayd.runtime.tls.TlsEngine;
import org.relayd.runtime.tls.TlsStreamContract;

/** Streams of BoringSSL. */
class BoringSslContractTest extends TlsStreamContract {
    private final BoringSsl engine = Engines.make();

    @Override
    protected TlsEngine engine() {
        return engine;
    }

    @AfterEach
    void nothingIsLeft() {
        closeAll();
        for (Census.Kind kind : Census.Kind.values()) {
            assertEquals(0, engine.census().alive(kind), kind::name);
        }
    }
}
