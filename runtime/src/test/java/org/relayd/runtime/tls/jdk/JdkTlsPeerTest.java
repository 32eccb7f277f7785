package org.relayd.runtime.tls.jdk;

import org.relayd.runtime.tls.TlsPeerContract;
import org.relayd.runtime.tls.TlsEngine;

/** What streams of the JDK think of their peers. */
class JdkTlsPeerTest extends TlsPeerContract {
    private final JdkTls engine = new JdkTls(elsewhere);

    @Override
    protected TlsEngine engine() {
        return engine;
    }
}
