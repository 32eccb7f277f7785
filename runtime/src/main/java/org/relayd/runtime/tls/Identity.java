package org.relayd.runtime.tls;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/**
 * Who one is: a certificate, its chain, its key.
 *
 * @param chain
 *            own certificate first, without the root if the file had none; never empty
 * @param key
 *            fits the first certificate
 * @param staple
 *            OCSP response that is shown with it, DER
 * @param names
 *            names of the certificate and of its {@code keypair}, in lower case: {@code www.example.com},
 *            {@code *.example.com}
 */
public record Identity(List<X509Certificate> chain, Key key, Optional<OctetString> staple, List<String> names) {

    /** Copies the lists. */
    public Identity {
        chain = List.copyOf(chain);
        names = List.copyOf(names);
    }

    /** A private key, wherever it is. */
    public sealed interface Key {

        /**
         * A key in this process.
         *
         * @param key
         *            held outside of the Java heap
         */
        record Local(LocalKey key) implements Key {}

        /**
         * A key that another process signs with.
         *
         * @param signer
         *            asks it
         */
        record Elsewhere(Signer signer) implements Key {}
    }
}
