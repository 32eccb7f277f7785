package org.relayd.runtime.tls.trust;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.relayd.runtime.tls.TestCertificates;

class CertificateNamesTest {

    @ParameterizedTest
    @CsvSource({"www.example.com,www.example.com", "www.example.com,WWW.Example.COM",
            "www.example.com,www.example.com.",
            "*.example.com,a.example.com", "*.example.com,A.EXAMPLE.com", "WWW.example.com,www.example.com",
            "192.0.2.1,192.0.2.1", "2001:db8::1,2001:DB8:0::1"})
    void namesAreCovered(String inCertificate, String name) throws Exception {
        assertTrue(of(inCertificate).cover(name));
    }

    @ParameterizedTest
    @CsvSource({"www.example.com,example.com", "www.example.com,a.www.example.com", "www.example.com,xwww.example.com",
            "*.example.com,example.com", "*.example.com,a.b.example.com", "*.example.com,.example.com",
            "*.com,example.com", "w*.example.com,www.example.com", "a.*.example.com,a.b.example.com",
            "*.*.com,a.b.com", "192.0.2.1,192.0.2.2", "www.example.com,192.0.2.1", "192.0.2.1,www.example.com",
            "www.example.com,''", "www.example.com,.", "*.example.com,*.example.org"})
    void namesAreNotCovered(String inCertificate, String name) throws Exception {
        assertFalse(of(inCertificate).cover(name));
    }

    @Test
    void addressAsAHostNameIsNoAddress() {
        assertFalse(new CertificateNames(List.of("192.0.2.1"), List.of()).cover("192.0.2.1"));
    }

    @Test
    void commonNameDoesNotCount() throws Exception {
        assertFalse(of().cover("nobody"));
        assertEquals(Optional.empty(), of().shown());
    }

    @Test
    void whatIsShownIsShortAndPrintable() {
        assertEquals(Optional.of("a?b?.com"), new CertificateNames(List.of("a\nb\u00e9.com"), List.of()).shown());
        assertEquals(67, new CertificateNames(List.of("a".repeat(5000)), List.of()).shown().orElseThrow().length());
    }

    private static CertificateNames of(String... names) throws Exception {
        return CertificateNames.of(TestCertificates.root("Test Root").leaf(names).certificate());
    }
}
