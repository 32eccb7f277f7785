package org.relayd.runtime.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.relayd.runtime.tls.TestCertificates.KeyForm;
import org.relayd.runtime.tls.TestCertificates.KeyKind;
import org.relayd.runtime.tls.TestCertificates.Wanted;

class TestCertificatesTest {

    @Test
    void chainLeadsToTheRoot() throws Exception {
        TestCertificates root = TestCertificates.root("Test Root");
        TestCertificates leaf = root.intermediate("Test Authority").leaf("www.example.com", "192.0.2.1");
        assertEquals(2, leaf.chain().size());
        leaf.chain().get(0).verify(leaf.chain().get(1).getPublicKey());
        leaf.chain().get(1).verify(root.certificate().getPublicKey());
        try (LocalKey key = ((Identity.Key.Local) leaf.identity().key()).key()) {
            assertTrue(key.pkcs8().byteSize() > 32);
        }
        assertEquals(List.of("www.example.com", "192.0.2.1"), leaf.identity().names());
    }

    @Test
    void keysAreWrittenInEachForm() {
        TestCertificates root = TestCertificates.root("Test Root");
        TestCertificates ec = root.leaf("a.example.com");
        TestCertificates rsa = root.leaf(Wanted.of("a.example.com").with(KeyKind.RSA));
        assertTrue(ec.keyPem(KeyForm.PKCS8).startsWith("-----BEGIN PRIVATE KEY-----"));
        assertTrue(ec.keyPem(KeyForm.TRADITIONAL).startsWith("-----BEGIN EC PRIVATE KEY-----"));
        assertTrue(ec.keyPem(KeyForm.WITH_PARAMETERS).startsWith("-----BEGIN EC PARAMETERS-----"));
        assertTrue(ec.keyPem(KeyForm.WITHOUT_CURVE).startsWith("-----BEGIN EC PRIVATE KEY-----"));
        assertTrue(rsa.keyPem(KeyForm.TRADITIONAL).startsWith("-----BEGIN RSA PRIVATE KEY-----"));
        assertTrue(rsa.keyPem(KeyForm.ENCRYPTED_PKCS8).startsWith("-----BEGIN ENCRYPTED PRIVATE KEY-----"));
        assertTrue(ec.keyPem(KeyForm.ENCRYPTED_PKCS8).startsWith("-----BEGIN ENCRYPTED PRIVATE KEY-----"));
        assertTrue(rsa.keyPem(KeyForm.ENCRYPTED_TRADITIONAL).contains("DEK-Info: AES-256-CBC"));
        assertTrue(ec.keyPem(KeyForm.ENCRYPTED_TRADITIONAL).contains("DEK-Info: AES-256-CBC"));
    }
}
