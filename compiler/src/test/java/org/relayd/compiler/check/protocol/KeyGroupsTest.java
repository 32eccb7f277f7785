package org.relayd.compiler.check.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;

class KeyGroupsTest {
    /** Groups of finite fields are the business of edh. */
    @Test
    void everyGroupOfTheLibraryIsKnown() throws NoSuchAlgorithmException {
        List<String> groups = Stream.of(SSLContext.getDefault().getSupportedSSLParameters().getNamedGroups())
                .filter(name -> !name.startsWith("ffdhe")).toList();
        assertTrue(groups.contains("x25519"));
        assertEquals(List.of(), groups.stream().filter(name -> !KeyGroups.isKnown(name)).toList());
    }

    @Test
    void namesAreReadInAnyCase() {
        assertTrue(Stream.of("X25519MLKEM768", "x25519mlkem768", "X25519", "P-256", "SecP256r1MLKEM768", "X448")
                .allMatch(KeyGroups::isKnown));
    }

    @Test
    void whatOnlyOtherLibrariesHaveIsNotPortable() {
        assertTrue(KeyGroups.isPortable("X25519MLKEM768"));
        assertFalse(KeyGroups.isPortable("X448"));
        assertFalse(KeyGroups.isKnown("X22519"));
    }
}
