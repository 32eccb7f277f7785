package org.relayd.compiler.certificate;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.asn1.ASN1BitString;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.pkcs.RSAPrivateKey;
import org.bouncycastle.asn1.pkcs.RSAPublicKey;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.util.PrivateKeyFactory;
import org.bouncycastle.crypto.util.PublicKeyFactory;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.math.ec.ECPoint;
import org.bouncycastle.openssl.PEMEncryptedKeyPair;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.bc.BcPEMDecryptorProvider;
import org.bouncycastle.openssl.jcajce.JceOpenSSLPKCS8DecryptorProviderBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;
import org.bouncycastle.pkcs.PKCSException;

/**
 * Private keys in PEM: PKCS#8, PKCS#1 or SEC1, RSA or EC, with or without parameters, encrypted or not. What is good
 * and what is not is the same as for the daemon; a test compares the two.
 */
final class KeyReader {
    /** The curves that all TLS libraries sign with. */
    private static final Set<ASN1Encodable> CURVES = Set.of(SECObjectIdentifiers.secp256r1,
            SECObjectIdentifiers.secp384r1, SECObjectIdentifiers.secp521r1);

    private KeyReader() {}

    /**
     * Reads the first key of a text.
     *
     * @param password
     *            what it is encrypted with, if it is; empty if nobody knows one
     */
    static PrivateKeyInfo read(byte[] text, Optional<String> password) throws UnusableException {
        try (PEMParser parser = new PEMParser(
                new InputStreamReader(new ByteArrayInputStream(text), StandardCharsets.ISO_8859_1))) {
            for (Object block = parser.readObject(); block != null; block = parser.readObject()) {
                switch (block) {
                    case PrivateKeyInfo key -> {
                        return key;
                    }
                    case PEMKeyPair pair -> {
                        return pair.getPrivateKeyInfo();
                    }
                    case PEMEncryptedKeyPair pair -> {
                        return open(pair, known(password));
                    }
                    case PKCS8EncryptedPrivateKeyInfo key -> {
                        return open(key, known(password));
                    }
                    default -> {
                        // Certificates and parameters may stand before the key.
                    }
                }
            }
        } catch (IOException | RuntimeException _) {
            // Bouncy Castle throws exceptions of any kind at octets of any kind; their messages may quote them.
            throw new UnusableException("the private key is cut off, damaged or of an unknown kind");
        }
        throw new UnusableException("no private key in PEM is in it");
    }

    /** Returns whether a private key belongs to the key in a certificate. */
    static boolean fits(PrivateKeyInfo key, SubjectPublicKeyInfo owner) throws UnusableException {
        try {
            PrivateKeyInfo complete = withCurve(key, owner);
            if (isRsa(complete.getPrivateKeyAlgorithm())) {
                return isForRsa(owner.getAlgorithm()) && fits(RSAPrivateKey.getInstance(complete.parsePrivateKey()),
                        RSAPublicKey.getInstance(owner.parsePublicKey()));
            }
            if (!isOfKnownCurve(complete.getPrivateKeyAlgorithm())) {
                throw otherKind();
            }
            if (holds(withCurve(key, owner), owner)) {
                return true;
            }
            AsymmetricKeyParameter secret = PrivateKeyFactory.createKey(complete);
            AsymmetricKeyParameter shown = PublicKeyFactory.createKey(owner);
            return switch (secret) {
                case ECPrivateKeyParameters mine -> shown instanceof ECPublicKeyParameters theirs
                        && fits(mine, theirs);
                default -> throw otherKind();
            };
        } catch (IOException | RuntimeException _) {
            throw new UnusableException("the private key is damaged or of an unknown kind");
        }
    }

    private static boolean isRsa(AlgorithmIdentifier kind) {
        return kind.getAlgorithm().equals(PKCSObjectIdentifiers.rsaEncryption);
    }

    /** A certificate may say that its key signs in one way only. */
    private static boolean isForRsa(AlgorithmIdentifier kind) {
        return isRsa(kind) || kind.getAlgorithm().equals(PKCSObjectIdentifiers.id_RSASSA_PSS);
    }

    private static boolean isOfKnownCurve(AlgorithmIdentifier kind) {
        return kind.getAlgorithm().equals(X9ObjectIdentifiers.id_ecPublicKey) && CURVES.contains(kind.getParameters());
    }

    private static UnusableException otherKind() {
        return new UnusableException("private keys are RSA, or EC of P-256, P-384 or P-521");
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

    private static String known(Optional<String> password) throws UnusableException {
        return password.orElseThrow(() -> new UnusableException("the private key is encrypted"));
    }

    private static PrivateKeyInfo open(PEMEncryptedKeyPair pair, String password) throws UnusableException {
        try {
            return pair.decryptKeyPair(new BcPEMDecryptorProvider(password.toCharArray())).getPrivateKeyInfo();
        } catch (IOException | RuntimeException _) {
            throw wrongPassword();
        }
    }

    private static PrivateKeyInfo open(PKCS8EncryptedPrivateKeyInfo key, String password) throws UnusableException {
        try {
            return key.decryptPrivateKeyInfo(new JceOpenSSLPKCS8DecryptorProviderBuilder()
                    .setProvider(new BouncyCastleProvider()).build(password.toCharArray()));
        } catch (OperatorCreationException | PKCSException | RuntimeException _) {
            throw wrongPassword();
        }
    }

    private static UnusableException wrongPassword() {
        return new UnusableException("the private key does not open with its password");
    }

    /** SEC1 keys need not say their curve: then it is that of the certificate. */
    private static PrivateKeyInfo withCurve(PrivateKeyInfo key, SubjectPublicKeyInfo owner) throws IOException {
        AlgorithmIdentifier kind = key.getPrivateKeyAlgorithm();
        if (!kind.getAlgorithm().equals(X9ObjectIdentifiers.id_ecPublicKey) || kind.getParameters() != null) {
            return key;
        }
        ASN1Encodable curve = owner.getAlgorithm().getParameters();
        return new PrivateKeyInfo(new AlgorithmIdentifier(X9ObjectIdentifiers.id_ecPublicKey, curve),
                ECPrivateKey.getInstance(key.parsePrivateKey()));
    }
}
