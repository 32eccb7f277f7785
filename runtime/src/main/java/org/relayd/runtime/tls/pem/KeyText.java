package org.relayd.runtime.tls.pem;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.openssl.PEMEncryptedKeyPair;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.bc.BcPEMDecryptorProvider;
import org.bouncycastle.openssl.jcajce.JceOpenSSLPKCS8DecryptorProviderBuilder;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;
import org.bouncycastle.pkcs.PKCSException;
import org.relayd.runtime.tls.LocalKey;
import org.relayd.runtime.tls.TlsException;

/**
 * A private key in PEM: PKCS#8, PKCS#1 or SEC1, RSA or EC, with or without parameters, encrypted or not. The arrays
 * that this class makes are wiped; what the libraries copy for a moment goes with the garbage.
 */
public final class KeyText {
    private static final Set<ASN1Encodable> CURVES = Set.of(SECObjectIdentifiers.secp256r1,
            SECObjectIdentifiers.secp384r1, SECObjectIdentifiers.secp521r1);

    private KeyText() {}

    /**
     * Reads the first key of a file.
     *
     * @param text
     *            what stands in it; wiped
     * @param password
     *            what the key is encrypted with, if it is; empty if none is known
     * @param owner
     *            public key of the certificate that it has to fit
     * @return to be closed by the caller
     * @throws TlsException
     *             if there is none, it is damaged, of another kind, encrypted with another password, or does not fit;
     *             without the name of the file
     */
    public static LocalKey read(byte[] text, Optional<String> password, PublicKey owner)
            throws TlsException {
        try {
            PrivateKeyInfo found = find(text, password, owner);
            if (!isOfKnownKind(found.getPrivateKeyAlgorithm())) {
                throw new TlsException("private keys are RSA, or EC of P-256, P-384 or P-521");
            }
            if (!KeyFit.fits(found, owner)) {
                throw new TlsException("the key does not fit the certificate");
            }
            return new LocalKey(found.getEncoded());
        } catch (IOException | RuntimeException damaged) {
            // Bouncy Castle throws exceptions of any kind at octets of any kind; their messages may quote them.
            throw new TlsException("the private key is cut off, damaged or of an unknown kind");
        } finally {
            Arrays.fill(text, (byte) 0);
        }
    }

    private static PrivateKeyInfo find(byte[] text, Optional<String> password, PublicKey owner)
            throws IOException, TlsException {
        try (PEMParser parser = new PEMParser(
                new InputStreamReader(new ByteArrayInputStream(text), StandardCharsets.ISO_8859_1))) {
            for (Object block = parser.readObject(); block != null; block = parser.readObject()) {
                switch (block) {
                    case PrivateKeyInfo key -> {
                        return key;
                    }
                    case PEMKeyPair pair -> {
                        return withCurve(pair.getPrivateKeyInfo(), owner);
                    }
                    case PEMEncryptedKeyPair pair -> {
                        return withCurve(open(pair, known(password)), owner);
                    }
                    case PKCS8EncryptedPrivateKeyInfo key -> {
                        return open(key, known(password));
                    }
                    default -> {
                        // Certificates and parameters may stand before the key.
                    }
                }
            }
        }
        throw new TlsException("no private key in PEM is in it");
    }

    /** The kinds that all libraries sign with. */
    private static boolean isOfKnownKind(AlgorithmIdentifier kind) {
        return kind.getAlgorithm().equals(PKCSObjectIdentifiers.rsaEncryption)
                || (kind.getAlgorithm().equals(X9ObjectIdentifiers.id_ecPublicKey)
                        && CURVES.contains(kind.getParameters()));
    }

    private static char[] known(Optional<String> password) throws TlsException {
        return password.orElseThrow(() -> new TlsException("the private key is encrypted")).toCharArray();
    }

    private static PrivateKeyInfo open(PEMEncryptedKeyPair pair, char[] password) throws TlsException {
        try {
            return pair.decryptKeyPair(new BcPEMDecryptorProvider(password)).getPrivateKeyInfo();
        } catch (IOException | RuntimeException wrong) {
            throw wrongPassword();
        } finally {
            Arrays.fill(password, '\0');
        }
    }

    private static PrivateKeyInfo open(PKCS8EncryptedPrivateKeyInfo key, char[] password)
            throws TlsException {
        try {
            // An object of its own: nothing else in this process is to use that provider unasked.
            return key.decryptPrivateKeyInfo(new JceOpenSSLPKCS8DecryptorProviderBuilder()
                    .setProvider(new BouncyCastleProvider()).build(password));
        } catch (OperatorCreationException | PKCSException | RuntimeException wrong) {
            throw wrongPassword();
        } finally {
            Arrays.fill(password, '\0');
        }
    }

    private static TlsException wrongPassword() {
        return new TlsException("the private key does not open with its password");
    }

    /** SEC1 keys need not say their curve: then it is that of the certificate. */
    private static PrivateKeyInfo withCurve(PrivateKeyInfo key, PublicKey owner) throws IOException {
        AlgorithmIdentifier kind = key.getPrivateKeyAlgorithm();
        boolean complete = !kind.getAlgorithm().equals(X9ObjectIdentifiers.id_ecPublicKey)
                || kind.getParameters() != null;
        if (complete) {
            return key;
        }
        ASN1Encodable curve = SubjectPublicKeyInfo.getInstance(owner.getEncoded()).getAlgorithm().getParameters();
        return new PrivateKeyInfo(new AlgorithmIdentifier(X9ObjectIdentifiers.id_ecPublicKey, curve),
                ECPrivateKey.getInstance(key.parsePrivateKey()));
    }
}
