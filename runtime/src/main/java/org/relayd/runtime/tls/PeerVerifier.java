package org.relayd.runtime.tls;

import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;

/** Says whether the certificates of another end are good. Blocks: never asked on an event loop. */
public interface PeerVerifier {

    /**
     * Verifies a chain.
     *
     * @param chain
     *            as it was shown, the other end's own certificate first; never empty
     * @param name
     *            host name or address that the first one has to cover; empty if any name does
     * @throws CertificateException
     *             if it is no good; its message is short and for the log, such as {@code certificate has expired}
     */
    void verify(List<X509Certificate> chain, Optional<String> name) throws CertificateException;

    /** Returns the authorities that certificates may come from; a server that asks for some says their names. */
    List<X509Certificate> authorities();

    /**
     * Returns what verifications run on. It refuses what is too much ({@code RejectedExecutionException}): then the
     * handshake fails.
     */
    Executor executor();
}
