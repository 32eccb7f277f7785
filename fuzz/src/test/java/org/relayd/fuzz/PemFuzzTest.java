package org.relayd.fuzz;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.util.Optional;
import org.relayd.runtime.tls.TlsException;
import org.relayd.runtime.tls.pem.CertificateText;
import org.relayd.runtime.tls.pem.KeyText;

/** Whatever stands in a file of certificates or keys, it is read or refused with the file's name and nothing else. */
class PemFuzzTest {
    private static final PublicKey OWNER = owner();

    private static PublicKey owner() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(256);
            return generator.generateKeyPair().getPublic();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @DictionaryEntries({"-----BEGIN CERTIFICATE-----\\x0a", "-----END CERTIFICATE-----\\x0a", "MII", "-----BEGIN ",
            "-----", "=="})
    @FuzzTest(maxDuration = "5m")
    void certificates(byte[] octets) {
        try {
            assertFalse(CertificateText.read("a.crt", octets).isEmpty());
        } catch (TlsException refused) {
            assertTrue(refused.getMessage().startsWith("a.crt: "));
        }
    }

    @DictionaryEntries({"-----BEGIN PRIVATE KEY-----\\x0a", "-----END PRIVATE KEY-----\\x0a",
            "-----BEGIN EC PRIVATE KEY-----\\x0a", "-----END EC PRIVATE KEY-----\\x0a",
            "-----BEGIN RSA PRIVATE KEY-----\\x0a", "-----BEGIN EC PARAMETERS-----\\x0a",
            "-----BEGIN ENCRYPTED PRIVATE KEY-----\\x0a", "Proc-Type: 4,ENCRYPTED\\x0a", "DEK-Info: AES-256-CBC,",
            "MII", "=="})
    @FuzzTest(maxDuration = "5m")
    void key(byte[] octets) {
        byte[] text = octets.clone();
        try {
            KeyText.read("a.key", text, Optional.of("password"), OWNER).close();
        } catch (TlsException refused) {
            assertTrue(refused.getMessage().startsWith("a.key: "));
        }
        assertArrayEquals(new byte[octets.length], text);
    }
}
