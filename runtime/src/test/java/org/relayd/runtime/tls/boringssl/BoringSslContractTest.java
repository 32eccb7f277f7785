package org.relayd.runtime.tls.boringssl;

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
        Engines.assertNothingIsLeft(engine);
    }
}
