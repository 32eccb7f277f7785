package org.relayd.runtime.hce.check;

import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import javax.net.ssl.SSLException;

/**
 * TLS of health checks. A check asks whether the host speaks TLS, not who it is: certificates are not verified, as in
 * the original.
 */
final class CheckTls {
    private CheckTls() {}

    static SslContext context() {
        try {
            return SslContextBuilder.forClient().trustManager(InsecureTrustManagerFactory.INSTANCE)
                    .endpointIdentificationAlgorithm("").build();
        } catch (SSLException noTls) {
            throw new IllegalStateException("the JDK has no TLS", noTls);
        }
    }
}
