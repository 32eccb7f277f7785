package org.relayd.runtime.tls.inspect;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import org.relayd.runtime.tls.LocalKey;
import org.relayd.runtime.tls.TlsException;

/**
 * The key of an authority in this process, outside of the Java heap: an object is made of it for each signature, which
 * the garbage collector takes away.
 */
public final class LocalAuthorityKey implements AuthorityKey {
    private static final byte[] PROBE = {1, 2, 3, 4};

    private final LocalKey key;
    private final LeafAuthority.Kind kind;

    /**
     * Takes a key.
     *
     * @param authority
     *            the certificate that it belongs to
     * @param key
     *            this object's to close from now on
     * @throws TlsException
     *             if it is another one's, or neither RSA nor EC; it is closed then
     */
    public LocalAuthorityKey(X509Certificate authority, LocalKey key) throws TlsException {
        this.key = key;
        try {
            kind = LeafAuthority.Kind.of(authority);
            check(authority);
        } catch (TlsException refused) {
            key.close();
            throw refused;
        }
    }

    private void check(X509Certificate authority) throws TlsException {
        try {
            Signature verifier = Signature.getInstance(kind.algorithm());
            verifier.initVerify(authority.getPublicKey());
            verifier.update(PROBE);
            if (!verifier.verify(signed(PROBE))) {
                throw new TlsException("certificate and key do not match");
            }
        } catch (GeneralSecurityException unusable) {
            throw new TlsException("certificate and key do not match", unusable);
        }
    }

    @Override
    public byte[] sign(byte[] content) throws IOException {
        try {
            return signed(content);
        } catch (GeneralSecurityException | IllegalStateException closed) {
            throw new IOException("the key signs no more", closed);
        }
    }

    /** Takes a millisecond or two with RSA. */
    private byte[] signed(byte[] content) throws GeneralSecurityException {
        Signature signer = Signature.getInstance(kind.algorithm());
        signer.initSign(privateKey());
        signer.update(content);
        return signer.sign();
    }

    private PrivateKey privateKey() throws GeneralSecurityException {
        byte[] pkcs8 = key.copy();
        try {
            return KeyFactory.getInstance(kind.name()).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
        } finally {
            Arrays.fill(pkcs8, (byte) 0);
        }
    }

    @Override
    public void close() {
        key.close();
    }
}
