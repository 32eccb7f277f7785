package org.relayd.runtime.tls.boringssl;

import org.junit.jupiter.api.AfterEach;
import org.relayd.runtime.tls.TlsEngine;
import org.relayd.runtime.tls.TlsPeerContract;

/** What streams of BoringSSL think of others. */
class BoringSslPeerTest extends TlsPeerContract {
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
