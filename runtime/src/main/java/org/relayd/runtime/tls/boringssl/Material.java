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
import org.relayd.runtime.tls.libcrypto.NativeKey;

/** The native side of an identity. */
sealed interface Material {

    /** Returns whether its key is of an elliptic curve; RSA else. */
    boolean isElliptic();

    /** Returns whether the library has to ask for its signatures. */
    default boolean isAsked() {
        return switch (this) {
            case Credential own -> false;
            case Chain chain -> true;
            case Twofold twofold -> true;
        };
    }

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
            signer.release();
            census.died(Census.Kind.CREDENTIAL);
        }
    }

    /**
     * Certificate and key in the library, and the key in another one that signs faster.
     *
     * @param own
     *            for handshakes in which another certificate has to come after it: the library takes one that it asks
     *            for signatures after all others
     * @param fast
     *            for all others
     * @param key
     *            signs
     */
    record Twofold(Credential own, Chain fast, NativeKey key) implements Material {
        @Override
        public boolean isElliptic() {
            return false;
        }

        @Override
        public void free() {
            own.free();
            fast.free();
            key.close();
            own.census().died(Census.Kind.KEY);
        }
    }

    /**
     * Takes an identity into the library.
     *
     * @param faster
     *            may have another library sign
     * @throws TlsException
     *             if the library refuses its certificate or key
     */
    static Material of(Identity identity, FasterKeys faster, Census census) throws TlsException {
        // What somebody else left in the queue would be taken for the library's answer.
        SSL.clearError();
        try {
            Optional<byte[]> staple = identity.staple().map(OctetString::toArray);
            boolean elliptic = !identity.chain().getFirst().getPublicKey().getAlgorithm().equals("RSA");
            return switch (identity.key()) {
                case Identity.Key.Local local -> {
                    Credential own = credential(parsed(identity), local.key(), staple, elliptic, census);
                    yield twofold(own, identity, local.key(), faster, staple);
                }
                case Identity.Key.Elsewhere elsewhere
                        -> chain(identity, elsewhere.signer(), staple, elliptic, census);
            };
        } catch (Exception refused) {
            throw new TlsException("certificate of " + identity.chain().getFirst().getSubjectX500Principal().getName()
                    + ": " + ErrorQueue.words(refused), refused);
        }
    }

    private static long parsed(Identity identity) throws Exception {
        return Pem.certificates(identity.chain(), SSL::parseX509Chain);
    }

    private static Chain chain(Identity identity, Signer signer, Optional<byte[]> staple, boolean elliptic,
            Census census) throws Exception {
        long chain = parsed(identity);
        signer.hold();
        census.born(Census.Kind.CREDENTIAL);
        return new Chain(chain, signer, staple, elliptic, census);
    }

    private static Material twofold(Credential own, Identity identity, LocalKey local, FasterKeys faster,
            Optional<byte[]> staple) throws Exception {
        Optional<NativeKey> key = Optional.empty();
        try {
            key = faster.of(identity, local);
            if (key.isEmpty()) {
                return own;
            }
            Chain fast = chain(identity, key.get(), staple, false, own.census());
            own.census().born(Census.Kind.KEY);
            return new Twofold(own, fast, key.get());
        } catch (Exception refused) {
            key.ifPresent(NativeKey::close);
            own.free();
            throw refused;
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
     * Offers all whose key is here, of which the library takes the first that the client can read, and one that it has
     * to ask for signatures, of which the library knows one only.
     *
     * @param hello
     *            what the client can read
     * @return the one to be asked
     */
    static Optional<Material.Chain> offer(long ssl, List<Material> materials, ClientHello hello) throws Exception {
        Optional<Material.Chain> elsewhere = Optional.empty();
        for (Material material : materials) {
            switch (material) {
                case Material.Credential credential -> credential.offer(ssl);
                case Material.Twofold twofold -> {
                    if (elsewhere.isEmpty() && twofold.equals(materials.getLast())) {
                        elsewhere = Optional.of(twofold.fast());
                    } else {
                        twofold.own().offer(ssl);
                    }
                }
                case Material.Chain chain -> {
                    if (elsewhere.isEmpty() || (elsewhere.get().isElliptic() != chain.isElliptic()
                            && !hello.reads(ssl, elsewhere.get().isElliptic()))) {
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
}
