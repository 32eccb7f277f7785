package org.relayd.runtime.tls.boringssl;

import io.netty.internal.tcnative.SSL;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.relayd.runtime.tls.TlsFacts;

/**
 * What a stream's ends have agreed on, read from the library when it is asked for. After the release of the stream it
 * throws: the library would end the process.
 *
 * @param stream
 *            knows its SSL, as long as there is one
 * @param role
 *            what it is
 */
record StreamFacts(BoringSslStream stream, Role role) implements TlsFacts {
    @Override
    public String version() {
        return SSL.getVersion(stream.ssl());
    }

    @Override
    public String cipher() {
        return SSL.getCipherForSSL(stream.ssl());
    }

    @Override
    public Optional<String> protocol() {
        return Optional.ofNullable(SSL.getAlpnSelected(stream.ssl())).filter(name -> !name.isEmpty());
    }

    @Override
    public Optional<String> serverName() {
        return switch (role) {
            case Role.Server server -> Identities.asked(SSL.getSniHostname(stream.ssl()));
            case Role.Client client -> client.sent();
        };
    }

    @Override
    public boolean isResumed() {
        return SSL.isSessionReused(stream.ssl());
    }

    @Override
    public List<X509Certificate> peer() {
        if (isResumed()) {
            return List.of();
        }
        List<byte[]> chain = new ArrayList<>();
        if (role instanceof Role.Server) {
            // The library's chain of a client begins above its own certificate.
            Optional.ofNullable(SSL.getPeerCertificate(stream.ssl())).ifPresent(chain::add);
        }
        Optional.ofNullable(SSL.getPeerCertChain(stream.ssl())).map(List::of).ifPresent(chain::addAll);
        try {
            return Verification.certificates(chain);
        } catch (CertificateException unreadable) {
            // Nobody verified it, or it would not have come so far.
            return List.of();
        }
    }
}
