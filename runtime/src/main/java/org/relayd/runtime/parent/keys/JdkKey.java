package org.relayd.runtime.parent.keys;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.PSSParameterSpec;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.relayd.runtime.tls.LocalKey;

/**
 * A private key that the JDK signs with. It lives in the Java heap: this library has no other place for it, and no way
 * to wipe it.
 */
final class JdkKey implements SigningKey {
    private static final int SHA256_OCTETS = 32;
    private static final int SHA384_OCTETS = 48;
    private static final int SHA512_OCTETS = 64;

    private final AtomicReference<Optional<PrivateKey>> key;
    private final String algorithm;

    private JdkKey(PrivateKey key, String algorithm) {
        this.key = new AtomicReference<>(Optional.of(key));
        this.algorithm = algorithm;
    }

    /**
     * Takes a key.
     *
     * @param local
     *            stays the caller's to close
     * @param algorithm
     *            {@code RSA} or {@code EC}
     */
    static JdkKey of(LocalKey local, String algorithm) throws IOException {
        byte[] octets = local.copy();
        try {
            return new JdkKey(KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(octets)),
                    algorithm);
        } catch (GeneralSecurityException refused) {
            throw new IOException("the JDK does not read the private key", refused);
        } finally {
            Arrays.fill(octets, (byte) 0);
        }
    }

    @Override
    public Optional<byte[]> sign(int scheme, byte[] content) {
        Optional<PrivateKey> present = key.get();
        try {
            Optional<Signature> found = signature(scheme);
            if (present.isEmpty() || found.isEmpty()) {
                return Optional.empty();
            }
            Signature signature = found.get();
            signature.initSign(present.get());
            signature.update(content);
            return Optional.of(signature.sign());
        } catch (GeneralSecurityException refused) {
            // Such as a key of RSA that is too short for its digest.
            return Optional.empty();
        }
    }

    /** MD5 and SHA-1 together, of TLS 1.0 and 1.1, the JDK offers nobody. */
    private Optional<Signature> signature(int scheme) throws GeneralSecurityException {
        return switch (scheme) {
            case 0x0201 -> of("SHA1with");
            case 0x0203 -> ofCurve("SHA1with");
            case 0x0401 -> of("SHA256with");
            case 0x0403 -> ofCurve("SHA256with");
            case 0x0501 -> of("SHA384with");
            case 0x0503 -> ofCurve("SHA384with");
            case 0x0601 -> of("SHA512with");
            case 0x0603 -> ofCurve("SHA512with");
            case 0x0804 -> pss("SHA-256", SHA256_OCTETS);
            case 0x0805 -> pss("SHA-384", SHA384_OCTETS);
            case 0x0806 -> pss("SHA-512", SHA512_OCTETS);
            default -> Optional.empty();
        };
    }

    private Optional<Signature> of(String digest) throws GeneralSecurityException {
        return algorithm.equals("RSA") ? Optional.of(Signature.getInstance(digest + "RSA")) : Optional.empty();
    }

    private Optional<Signature> ofCurve(String digest) throws GeneralSecurityException {
        return algorithm.equals("EC") ? Optional.of(Signature.getInstance(digest + "ECDSA")) : Optional.empty();
    }

    private Optional<Signature> pss(String digest, int salt) throws GeneralSecurityException {
        if (!algorithm.equals("RSA")) {
            return Optional.empty();
        }
        Signature signature = Signature.getInstance("RSASSA-PSS");
        signature.setParameter(new PSSParameterSpec(digest, "MGF1", new MGF1ParameterSpec(digest), salt, 1));
        return Optional.of(signature);
    }

    @Override
    public void close() {
        key.set(Optional.empty());
    }
}
