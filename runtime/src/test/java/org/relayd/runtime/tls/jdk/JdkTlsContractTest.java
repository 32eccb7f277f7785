package org.relayd.runtime.tls.jdk;

import org.relayd.ir.term.TlsVersion;
import org.relayd.runtime.tls.TlsEngine;
import org.relayd.runtime.tls.TlsStreamContract;

/** Streams of the JDK. */
class JdkTlsContractTest extends TlsStreamContract {
    private final JdkTls engine = new JdkTls(elsewhere);

    @Override
    protected TlsEngine engine() {
        return engine;
    }

    @Override
    protected boolean halfCloses(TlsVersion version) {
        return version == TlsVersion.TLSV1_3;
    }
}
