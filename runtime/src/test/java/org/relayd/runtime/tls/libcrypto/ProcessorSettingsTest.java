package org.relayd.runtime.tls.libcrypto;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is read out of the library's words about a processor. */
class ProcessorSettingsTest {

    @ParameterizedTest
    @ValueSource(strings = {"OPENSSL_ia32cap=0xfffa3203078bffff:0x405fc6f1bf07ab",
            "OPENSSL_ia32cap=0xfffa3203078bffff:0x405fc6f1bf07ab:0x0:0x0", "OPENSSL_ia32cap=0x0:0x80230000",
            "OPENSSL_ia32cap=0x0:0xffffffffffffffff env:~0x0"})
    void processorWithTheInstructionsIsKnown(String settings) {
        assertTrue(ProcessorSettings.hasIntegerFma(settings));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "OPENSSL_ia32cap=", "OPENSSL_ia32cap=0x0:0x0", "OPENSSL_armcap=0xffffffff",
            "OPENSSL_ia32cap=0xfffa3203078bffff:0x405fc6f19f07ab env::~0x200000", "OPENSSL_ia32cap=0xffffffffffffffff",
            "OPENSSL_ia32cap=0x0:0x80230000ffffffff0", "OPENSSL_ia32cap=0x0:0x8023000000000000", "N/A",
            "OPENSSL_ia32cap=0x0:0x80220000", "OPENSSL_ia32cap=0x0:0x00230000"})
    void everyOtherIsNot(String settings) {
        assertFalse(ProcessorSettings.hasIntegerFma(settings));
    }
}
