package org.relayd.ir.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;

class KeyGroupTest {
    /** Groups of finite fields are the business of edh. */
    @Test
    void everyGroupOfTheJdkIsKnown() throws NoSuchAlgorithmException {
        List<String> groups = Stream.of(SSLContext.getDefault().getSupportedSSLParameters().getNamedGroups())
                .filter(name -> !name.startsWith("ffdhe")).toList();
        assertTrue(groups.contains("x25519"));
        assertEquals(List.of(), groups.stream().filter(name -> KeyGroup.named(name).isEmpty()).toList());
    }

    @Test
    void namesAreReadInAnyCaseAndUnderTheirAliases() {
        assertEquals(Optional.of(KeyGroup.X25519MLKEM768), KeyGroup.named("x25519mlkem768"));
        assertEquals(List.of(KeyGroup.P_256, KeyGroup.P_256, KeyGroup.P_256),
                Stream.of("P-256", "PRIME256V1", "secp256r1").flatMap(name -> KeyGroup.named(name).stream()).toList());
        assertEquals(Optional.empty(), KeyGroup.named("X22519"));
    }
}
