package org.relayd.runtime.tls.boringssl;

import io.netty.internal.tcnative.SSL;
import io.netty.internal.tcnative.SSLCredential;
import java.util.List;
import java.util.Optional;
import org.relayd.runtime.tls.Identity;
import org.relayd.runtime.tls.LocalKey;
import org.relayd.runtime.tls.OctetString;
import org.relayd.runtime.tls.Signer;
import org.relayd.runtime.tls.TlsException;

/** The native side of an identity. */
sealed interface Material {

    /** Returns whether its key is of an elliptic curve; RSA else. */
    boolean isElliptic();

    /** Frees it; streams that were given it keep what they need. */
    void free();

    /**
     * Certificate and key in the library.
     *
     * @param pointer
     *            SSL_CREDENTIAL
     * @param isElliptic
     *            whether its key is of an elliptic curve
     * @param census
     *            where it is counted
     */
    record Credential(long pointer, boolean isElliptic, Census census) implements Material {

        /** Has a stream offer it. */
        void offer(long ssl) throws Exception {
            SSL.addCredential(ssl, pointer);
        }

        @Override
        public void free() {
            try {
                SSLCredential.free(pointer);
            } catch (Exception impossible) {
                throw new IllegalStateException(impossible);
            }
            census.died(Census.Kind.CREDENTIAL);
        }
    }

    /**
     * A certificate whose key is elsewhere.
     *
     * @param chain
     *            pointer to the certificates
     * @param signer
     *            asks for signatures
     * @param staple
     *            OCSP response, DER
     * @param isElliptic
     *            whether its key is of an elliptic curve
     * @param census
     *            where it is counted
     */
    record Chain(long chain, Signer signer, Optional<byte[]> staple, boolean isElliptic, Census census)
            implements Material {

        /** Has a stream show it. */
        void show(long ssl) throws Exception {
            SSL.setKeyMaterial(ssl, chain, 0);
            if (staple.isPresent()) {
                SSL.setOcspResponse(ssl, staple.get());
            }
        }

        @Override
        public void free() {
            SSL.freeX509Chain(chain);
            census.died(Census.Kind.CREDENTIAL);
        }
    }

    /**
     * Takes an identity into the library.
     *
     * @throws TlsException
     *             if the library refuses its certificate or key
     */
    static Material of(Identity identity, Census census) throws TlsException {
        try {
            long chain = Pem.certificates(identity.chain(), SSL::parseX509Chain);
            Optional<byte[]> staple = identity.staple().map(OctetString::toArray);
            boolean elliptic = !identity.chain().getFirst().getPublicKey().getAlgorithm().equals("RSA");
            return switch (identity.key()) {
                case Identity.Key.Local local -> credential(chain, local.key(), staple, elliptic, census);
                case Identity.Key.Elsewhere elsewhere -> {
                    census.born(Census.Kind.CREDENTIAL);
                    yield new Chain(chain, elsewhere.signer(), staple, elliptic, census);
                }
            };
        } catch (Exception refused) {
            throw new TlsException("certificate of " + identity.chain().getFirst().getSubjectX500Principal().getName()
                    + ": " + ErrorQueue.words(refused), refused);
        }
    }

    private static Credential credential(long chain, LocalKey local, Optional<byte[]> staple, boolean elliptic,
            Census census) throws Exception {
        try {
            long credential = SSLCredential.newX509();
            census.born(Census.Kind.CREDENTIAL);
            Credential made = new Credential(credential, elliptic, census);
            try {
                SSLCredential.setCertChain(credential, chain);
                setKey(credential, local);
                if (staple.isPresent()) {
                    SSLCredential.setOcspResponse(credential, staple.get());
                }
                return made;
            } catch (Exception refused) {
                made.free();
                throw refused;
            }
        } finally {
            SSL.freeX509Chain(chain);
        }
    }

    private static void setKey(long credential, LocalKey local) throws Exception {
        long key = Pem.key(local.pkcs8(), bio -> SSL.parsePrivateKey(bio, null));
        try {
            SSLCredential.setPrivateKey(credential, key);
        } finally {
            SSL.freePrivateKey(key);
        }
    }

    /**
     * Offers all whose key is here, of which the library takes the first that the client can read, and one whose key is
     * elsewhere, of which the library knows one only.
     *
     * @return the one that is elsewhere
     */
    static Optional<Material.Chain> offer(long ssl, List<Material> materials) throws Exception {
        Optional<Material.Chain> elsewhere = Optional.empty();
        for (Material material : materials) {
            switch (material) {
                case Material.Credential credential -> credential.offer(ssl);
                case Material.Chain chain -> {
                    if (elsewhere.isEmpty() || (elsewhere.get().isElliptic() && !readsElliptic(ssl))) {
                        elsewhere = Optional.of(chain);
                    }
                }
            }
        }
        if (elsewhere.isPresent()) {
            elsewhere.get().show(ssl);
        }
        return elsewhere;
    }

    private static boolean readsElliptic(long ssl) {
        String[] algorithms = SSL.getSigAlgs(ssl);
        return algorithms != null && List.of(algorithms).stream().anyMatch(name -> name.startsWith("ecdsa"));
    }
}
