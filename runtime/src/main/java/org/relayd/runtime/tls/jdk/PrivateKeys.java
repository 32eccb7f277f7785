package org.relayd.runtime.tls.jdk;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import org.relayd.runtime.tls.Identity;
import org.relayd.runtime.tls.LocalKey;
import org.relayd.runtime.tls.Signer;
import org.relayd.runtime.tls.TlsException;

/**
 * Private keys in the JDK's form. Those of this process live in the Java heap there: this library has no other place
 * for them.
 */
final class PrivateKeys {
    private static final byte[] SAMPLE = {1, 2, 3, 4};

    private PrivateKeys() {}

    /**
     * Returns the key of an identity.
     *
     * @throws TlsException
     *             if it is of no kind that the JDK knows or not that of the certificate
     */
    static PrivateKey of(Identity identity) throws TlsException {
        PublicKey known = identity.chain().getFirst().getPublicKey();
        return switch (identity.key()) {
            case Identity.Key.Local(LocalKey key) -> local(key, known);
            case Identity.Key.Elsewhere(Signer signer) -> {
                AbsentKeys.install();
                yield AbsentKey.of(known, signer).orElseThrow(
                        () -> new TlsException(
                                "the JDK cannot have another process sign with " + known.getAlgorithm()));
            }
        };
    }

    private static PrivateKey local(LocalKey key, PublicKey known) throws TlsException {
        byte[] octets = key.copy();
        try {
            PrivateKey read = KeyFactory.getInstance(known.getAlgorithm())
                    .generatePrivate(new PKCS8EncodedKeySpec(octets));
            check(read, known);
            return read;
        } catch (GeneralSecurityException refused) {
            throw new TlsException("private key does not fit the certificate", refused);
        } finally {
            Arrays.fill(octets, (byte) 0);
        }
    }

    private static void check(PrivateKey key, PublicKey known) throws GeneralSecurityException, TlsException {
        String algorithm = switch (known.getAlgorithm()) {
            case "EC" -> "SHA256withECDSA";
            case "RSA" -> "SHA256withRSA";
            default -> known.getAlgorithm();
        };
        Signature signature = Signature.getInstance(algorithm);
        signature.initSign(key);
        signature.update(SAMPLE);
        byte[] signed = signature.sign();
        signature.initVerify(known);
        signature.update(SAMPLE);
        if (!signature.verify(signed)) {
            throw new TlsException("private key does not fit the certificate");
        }
    }
}
