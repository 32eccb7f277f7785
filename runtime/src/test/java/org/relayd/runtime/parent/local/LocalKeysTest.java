package org.relayd.runtime.parent.local;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Signature;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.relayd.ir.config.TlsSettings.CaKey;
import org.relayd.runtime.parent.HeldAuthority;
import org.relayd.runtime.parent.HeldKey;
import org.relayd.runtime.parent.KeyRights;
import org.relayd.runtime.tls.Identity;
import org.relayd.runtime.tls.LocalKey;
import org.relayd.runtime.tls.TestCertificates;

class LocalKeysTest {
    private static final TestCertificates ROOT = TestCertificates.root("Test Root");
    private static final TestCertificates WWW = ROOT.leaf("www.example.com");

    private final KeyRights keys = new LocalKeys();

    @TempDir
    Path folder;

    @Test
    void wholeFilesAreRead() throws Exception {
        byte[] longest = new byte[KeyRights.LONGEST_FILE];
        longest[KeyRights.LONGEST_FILE - 1] = 7;
        Path file = Files.write(folder.resolve("a.key"), longest);
        assertArrayEquals(longest, keys.readPublic(file.toString()));
        assertArrayEquals(new byte[0], keys.readPublic(Files.createFile(folder.resolve("empty")).toString()));
    }

    @Test
    void whatIsNoFileOfThatKindIsRefusedInTheWordsOfTheSystem() throws Exception {
        Path longer = Files.write(folder.resolve("long"), new byte[KeyRights.LONGEST_FILE + 1]);
        assertRefused("File too large", longer.toString());
        assertRefused("No such file or directory", folder.resolve("none").toString());
        assertRefused("No such file or directory", "a\0b");
        assertRefused("not a regular file", folder.toString());
        assertRefused("not a regular file", "/dev/zero");
    }

    private void assertRefused(String words, String path) {
        assertEquals(words,
                assertThrows(IOException.class, () -> keys.openKey(path, WWW.certificate())).getMessage());
        assertEquals(words, assertThrows(IOException.class,
                () -> keys.openAuthority(new CaKey(path, ""), ROOT.certificate())).getMessage());
        assertEquals(words, assertThrows(IOException.class, () -> keys.readPublic(path)).getMessage());
    }

    private String write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }

    @Test
    void keyIsThereUntilItIsClosed() throws Exception {
        String file = write("www.key", WWW.keyPem());
        HeldKey held = keys.openKey(file, WWW.certificate());
        LocalKey key = assertInstanceOf(Identity.Key.Local.class, held.key()).key();
        assertArrayEquals(WWW.keys().getPrivate().getEncoded(), key.pkcs8().toArray(ValueLayout.JAVA_BYTE));
        held.close();
        held.close();
        assertThrows(IllegalStateException.class, key::pkcs8);
    }

    @Test
    void printIsThatOfTheFile() throws Exception {
        String file = write("www.key", WWW.keyPem());
        try (HeldKey one = keys.openKey(file, WWW.certificate());
                HeldKey same = keys.openKey(file, WWW.certificate());
                HeldKey other = keys.openKey(write("www.key", "words\n" + WWW.keyPem()), WWW.certificate())) {
            assertEquals(one.print(), same.print());
            assertNotEquals(one.print(), other.print());
        }
    }

    @Test
    void keyThatDoesNotFitIsRefusedInWordsForTheUser() throws Exception {
        String file = write("root.key", ROOT.keyPem());
        assertEquals("the key does not fit the certificate",
                assertThrows(IOException.class, () -> keys.openKey(file, WWW.certificate())).getMessage());
        assertEquals("the key does not fit the certificate", assertThrows(IOException.class,
                () -> keys.openAuthority(new CaKey(file, ""), WWW.certificate())).getMessage());
        String encrypted = write("www.key", WWW.keyPem(TestCertificates.KeyForm.ENCRYPTED_PKCS8));
        assertEquals("the private key is encrypted",
                assertThrows(IOException.class, () -> keys.openKey(encrypted, WWW.certificate())).getMessage());
    }

    @Test
    void authoritySignsUntilItIsClosed() throws Exception {
        String file = write("root.key", ROOT.keyPem(TestCertificates.KeyForm.ENCRYPTED_PKCS8));
        HeldAuthority authority = keys.openAuthority(new CaKey(file, TestCertificates.PASSWORD), ROOT.certificate());
        byte[] content = {1, 2, 3};
        Signature verifier = Signature.getInstance("SHA256withECDSA");
        verifier.initVerify(ROOT.certificate().getPublicKey());
        verifier.update(content);
        assertTrue(verifier.verify(authority.sign(content)));
        authority.close();
        authority.close();
        assertEquals("the key signs no more",
                assertThrows(IOException.class, () -> authority.sign(content)).getMessage());
    }
}
