package org.relayd.runtime.tls.jdk;

import org.relayd.runtime.tls.TlsGarbageContract;
import org.relayd.runtime.tls.TlsEngine;

/** What streams of the JDK make of garbage. */
class JdkTlsGarbageTest extends TlsGarbageContract {
    private final JdkTls engine = new JdkTls(elsewhere);

    @Override
    protected TlsEngine engine() {
        return engine;
    }
}
