package org.relayd.ir.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.relayd.ir.tls.CipherList.Remark;

/** Expected lists are those that BoringSSL gives, without RSA key transport and shared keys. */
class CipherListTest {
    private static final String HIGH = "ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256"
            + ":ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-RSA-AES256-GCM-SHA384:ECDHE-ECDSA-CHACHA20-POLY1305"
            + ":ECDHE-RSA-CHACHA20-POLY1305:ECDHE-ECDSA-AES128-SHA:ECDHE-RSA-AES128-SHA:ECDHE-ECDSA-AES256-SHA"
            + ":ECDHE-RSA-AES256-SHA";

    @Test
    void wordsForManySuitesAreInTheOrderOfTheLibrary() {
        assertEquals(HIGH, text("HIGH:!aNULL"));
        assertEquals(HIGH, text("MEDIUM:HIGH"));
        assertEquals("ECDHE-RSA-AES128-GCM-SHA256:ECDHE-RSA-AES256-GCM-SHA384", text("ECDHE+aRSA+AESGCM"));
        assertEquals("ECDHE-ECDSA-AES256-SHA:ECDHE-RSA-AES256-SHA", text("AES256+SHA"));
    }

    @Test
    void operatorsRemoveKillAndMove() {
        assertEquals("ECDHE-RSA-AES256-GCM-SHA384", text("aRSA+AESGCM:!AES128"));
        assertEquals("ECDHE-ECDSA-CHACHA20-POLY1305:ECDHE-RSA-CHACHA20-POLY1305", text("HIGH:!AES"));
        assertEquals("", text("ECDHE-RSA-AES128-GCM-SHA256:!ECDHE:ECDHE-ECDSA-AES128-GCM-SHA256"));
        assertEquals("ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-RSA-AES256-GCM-SHA384:ECDHE-ECDSA-AES128-GCM-SHA256"
                + ":ECDHE-RSA-AES128-GCM-SHA256", text("AESGCM:+AES128"));
        assertEquals("ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-RSA-AES256-GCM-SHA384:ECDHE-ECDSA-AES128-GCM-SHA256"
                + ":ECDHE-RSA-AES128-GCM-SHA256", text("AESGCM:@STRENGTH"));
        assertEquals("ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-RSA-AES256-GCM-SHA384:ECDHE-ECDSA-AES128-GCM-SHA256"
                + ":ECDHE-RSA-AES128-GCM-SHA256", text("AESGCM:-AES128:AESGCM"));
    }

    @Test
    void aSuiteThatIsNotCommonIsCalledByItsName() {
        assertEquals("ECDHE-RSA-AES128-SHA256", text("ECDHE-RSA-AES128-SHA256"));
        assertEquals("ECDHE-RSA-AES128-GCM-SHA256", text("TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"));
        assertFalse(text("ALL").contains("ECDHE-RSA-AES128-SHA256"));
    }

    @Test
    void elementsAreSeparatedInFourWays() {
        assertEquals(text("AESGCM:CHACHA20:!ECDSA"), text("AESGCM, CHACHA20;!ECDSA:"));
        assertEquals("", text(""));
    }

    @Test
    void whatHasNoEffectIsRemarked() {
        assertEquals(List.of(new Remark.Unknown("FOO"), new Remark.Unknown("BAR"), new Remark.Unknown("high")),
                CipherList.read("HIGH:FOO:!BAR:high:!aNULL").remarks());
        assertEquals(List.of(new Remark.Absent("MEDIUM"), new Remark.Absent("EDH+AESGCM"),
                new Remark.Absent("DHE-RSA-AES256-SHA"), new Remark.Absent("AES128-SHA"), new Remark.Absent("kRSA")),
                CipherList.read("MEDIUM:HIGH:EDH+AESGCM:DHE-RSA-AES256-SHA:AES128-SHA:kRSA:!MD5:-LOW:+3DES")
                        .remarks());
        assertEquals(List.of(new Remark.Command("@SECLEVEL=1")), CipherList.read("HIGH:@SECLEVEL=1").remarks());
        assertEquals(List.of(new Remark.Unknown("ECDHE-RSA-AES256-GCM-SHA348")),
                CipherList.read("ECDHE-RSA-AES256-GCM-SHA348").remarks());
        assertEquals(List.of(new Remark.Unknown("")), CipherList.read("HIGH:!").remarks());
    }

    @Test
    void listsOfTheNewestVersionOnlyChooseNothingBelowIt() {
        CipherList newest = CipherList.read("TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256");
        assertTrue(newest.isOfNewestOnly());
        assertEquals(List.of(), newest.suites());
        assertFalse(CipherList.read("TLS_AES_256_GCM_SHA384:HIGH").isOfNewestOnly());
        assertTrue(CipherList.read("TLS_AES_256_GCM_SHA384:DHE").isOfNewestOnly());
        assertFalse(CipherList.read("DHE").isOfNewestOnly());
        assertFalse(CipherList.read("").isOfNewestOnly());
    }

    private static String text(String list) {
        return CipherList.read(list).text();
    }
}
