package org.relayd.runtime.tls.boringssl;

import org.junit.jupiter.api.AfterEach;
import org.relayd.runtime.tls.TlsEngine;
import org.relayd.runtime.tls.TlsGarbageContract;

/** What streams of BoringSSL make of garbage. */
class BoringSslGarbageTest extends TlsGarbageContract {
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
