package org.relayd.runtime.tls.pem;

import java.io.IOException;
import java.security.PublicKey;
import org.bouncycastle.asn1.ASN1BitString;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.pkcs.RSAPrivateKey;
import org.bouncycastle.asn1.pkcs.RSAPublicKey;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.util.PrivateKeyFactory;
import org.bouncycastle.crypto.util.PublicKeyFactory;
import org.bouncycastle.math.ec.ECPoint;

/** Tells whether a private key belongs to a public one. */
final class KeyFit {
    private KeyFit() {}

    /**
     * Compares them.
     *
     * @throws IOException
     *             if one is damaged or neither RSA nor EC
     */
    static boolean fits(PrivateKeyInfo key, PublicKey owner) throws IOException {
        SubjectPublicKeyInfo shownKey = SubjectPublicKeyInfo.getInstance(owner.getEncoded());
        if (isRsa(key.getPrivateKeyAlgorithm())) {
            return isRsa(shownKey.getAlgorithm()) && fits(RSAPrivateKey.getInstance(key.parsePrivateKey()),
                    RSAPublicKey.getInstance(shownKey.parsePublicKey()));
        }
        if (holds(key, shownKey)) {
            return true;
        }
        AsymmetricKeyParameter secret = PrivateKeyFactory.createKey(key);
        AsymmetricKeyParameter shown = PublicKeyFactory.createKey(shownKey);
        return switch (secret) {
            case ECPrivateKeyParameters mine -> shown instanceof ECPublicKeyParameters theirs && fits(mine, theirs);
            default -> throw new IOException("neither RSA nor EC");
        };
    }

    private static boolean isRsa(AlgorithmIdentifier kind) {
        return kind.getAlgorithm().equals(PKCSObjectIdentifiers.rsaEncryption)
                || kind.getAlgorithm().equals(PKCSObjectIdentifiers.id_RSASSA_PSS);
    }

    /** As they are written: the library's own form of such keys looks for primes in them first, which takes long. */
    private static boolean fits(RSAPrivateKey mine, RSAPublicKey theirs) {
        return mine.getModulus().equals(theirs.getModulus());
    }

    /**
     * Returns whether an EC key comes with its public one, as those of most programs do, and that is the other: to
     * compute it from the private one would take a tenth of a second of a start.
     */
    private static boolean holds(PrivateKeyInfo key, SubjectPublicKeyInfo owner) throws IOException {
        if (!key.getPrivateKeyAlgorithm().equals(owner.getAlgorithm())
                || !owner.getAlgorithm().getAlgorithm().equals(X9ObjectIdentifiers.id_ecPublicKey)) {
            return false;
        }
        ASN1BitString own = ECPrivateKey.getInstance(key.parsePrivateKey()).getPublicKey();
        return own != null && own.equals(owner.getPublicKeyData());
    }

    private static boolean fits(ECPrivateKeyParameters mine, ECPublicKeyParameters theirs) {
        ECPoint own = mine.getParameters().getG().multiply(mine.getD()).normalize();
        return mine.getParameters().getCurve().equals(theirs.getParameters().getCurve())
                && own.equals(theirs.getQ());
    }
}
