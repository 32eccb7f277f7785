package org.relayd.runtime.tls.inspect;

import java.io.IOException;

/** The private key of an authority, wherever it is. Any thread; blocks for a signature. */
public interface AuthorityKey extends AutoCloseable {

    /**
     * Signs a certificate, with SHA-256 whatever the kind of the key.
     *
     * @param content
     *            what is signed of it (TBSCertificate, RFC 5280 4.1), DER
     * @throws IOException
     *             if there is no signature, with the reason
     */
    byte[] sign(byte[] content) throws IOException;

    /** Nothing is signed any more. The second call does nothing. */
    @Override
    void close();
}
