package org.relayd.runtime.tls.pem;

import java.io.IOException;
import java.security.PublicKey;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.params.RSAKeyParameters;
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
        AsymmetricKeyParameter secret = PrivateKeyFactory.createKey(key);
        AsymmetricKeyParameter shown = PublicKeyFactory.createKey(owner.getEncoded());
        return switch (secret) {
            case RSAKeyParameters mine -> shown instanceof RSAKeyParameters theirs
                    && mine.getModulus().equals(theirs.getModulus());
            case ECPrivateKeyParameters mine -> shown instanceof ECPublicKeyParameters theirs && fits(mine, theirs);
            default -> throw new IOException("neither RSA nor EC");
        };
    }

    private static boolean fits(ECPrivateKeyParameters mine, ECPublicKeyParameters theirs) {
        ECPoint own = mine.getParameters().getG().multiply(mine.getD()).normalize();
        return mine.getParameters().getCurve().equals(theirs.getParameters().getCurve())
                && own.equals(theirs.getQ());
    }
}
