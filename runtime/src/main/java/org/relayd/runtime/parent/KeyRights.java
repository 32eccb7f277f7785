package org.relayd.runtime.parent;

import java.io.IOException;
import java.security.cert.X509Certificate;
import org.relayd.ir.config.TlsSettings.CaKey;

/**
 * What relays speak TLS with, at start and at each reload. A closed set. Certificates are read; private keys are given
 * as something that signs, never as octets, so that they need not be in this process. Names are as the compiler found
 * them; refusals do not say the name of the file. Blocks.
 */
public interface KeyRights {
    /** Bytes of the longest file: the bundles of all public authorities are half as long. */
    int LONGEST_FILE = 1 << 20;

    /**
     * Reads a file that anybody may know: certificates or a stapled OCSP response.
     *
     * @throws IOException
     *             if it is no regular file, longer than {@link #LONGEST_FILE}, or the system refuses, in its words
     */
    byte[] readPublic(String path) throws IOException;

    /**
     * Opens a private key.
     *
     * @param fits
     *            the certificate whose key it has to be
     * @return for the caller to close
     * @throws IOException
     *             as of {@link #readPublic}, or if no key is in it that fits, with words for the user
     */
    HeldKey openKey(String path, X509Certificate fits) throws IOException;

    /**
     * Opens the key of an authority that signs certificates for clients.
     *
     * @param key
     *            its file and password
     * @param authority
     *            the authority's certificate
     * @return for the caller to close
     * @throws IOException
     *             as of {@link #openKey}
     */
    HeldAuthority openAuthority(CaKey key, X509Certificate authority) throws IOException;
}
