package org.relayd.runtime.tls.jdk;

import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.relayd.runtime.tls.TlsFacts;

/** What the JDK tells of a session, and who watched its handshake. */
record JdkFacts(SSLEngine engine, Witness witness) implements TlsFacts {

    @Override
    public String version() {
        return engine.getSession().getProtocol();
    }

    @Override
    public String cipher() {
        return engine.getSession().getCipherSuite();
    }

    @Override
    public Optional<String> protocol() {
        return Optional.ofNullable(engine.getApplicationProtocol()).filter(name -> !name.isEmpty());
    }

    @Override
    public Optional<String> serverName() {
        return witness.name();
    }

    @Override
    public boolean isResumed() {
        return !witness.sawCertificate();
    }

    @Override
    public List<X509Certificate> peer() {
        if (isResumed()) {
            return List.of();
        }
        try {
            return Arrays.stream(engine.getSession().getPeerCertificates()).map(X509Certificate.class::cast).toList();
        } catch (SSLPeerUnverifiedException none) {
            return List.of();
        }
    }
}
