package org.relayd.runtime.tls.jdk;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import org.relayd.runtime.tls.PeerVerifier;

/** Asks the verifier of a policy, from a task of a handshake, which may wait for it. */
final class PeerTrust extends X509ExtendedTrustManager {
    private final Optional<PeerVerifier> verifier;
    private final Optional<String> name;

    /**
     * Creates it.
     *
     * @param verifier
     *            empty if everybody is good
     * @param name
     *            what certificates have to cover
     */
    PeerTrust(Optional<PeerVerifier> verifier, Optional<String> name) {
        this.verifier = verifier;
        this.name = name;
    }

    private void verify(X509Certificate[] chain) throws CertificateException {
        if (verifier.isEmpty()) {
            return;
        }
        PeerVerifier judge = verifier.get();
        List<X509Certificate> shown = List.of(chain);
        Optional<CertificateException> refused;
        try {
            refused = CompletableFuture.supplyAsync(() -> refusal(judge, shown), judge.executor()).join();
        } catch (RejectedExecutionException busy) {
            throw new NoVerdictException("too many certificates to verify", busy);
        } catch (CompletionException failed) {
            throw new NoVerdictException("certificate could not be verified", failed);
        }
        if (refused.isPresent()) {
            throw refused.get();
        }
    }

    private Optional<CertificateException> refusal(PeerVerifier judge, List<X509Certificate> shown) {
        try {
            judge.verify(shown, name);
            return Optional.empty();
        } catch (CertificateException refused) {
            return Optional.of(refused);
        }
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String kind, SSLEngine engine)
            throws CertificateException {
        verify(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String kind, SSLEngine engine)
            throws CertificateException {
        Witness.of(engine).seeCertificate();
        verify(chain);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String kind) throws CertificateException {
        verify(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String kind) throws CertificateException {
        verify(chain);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String kind, Socket socket) throws CertificateException {
        verify(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String kind, Socket socket) throws CertificateException {
        verify(chain);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return verifier.map(PeerVerifier::authorities).orElse(List.of()).toArray(X509Certificate[]::new);
    }
}
