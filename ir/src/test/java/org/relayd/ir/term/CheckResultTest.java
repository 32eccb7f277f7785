package org.relayd.ir.term;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class CheckResultTest {

    @Test
    void numbersAreThoseOfTheExportedColumn() {
        int expected = 0;
        for (CheckResult result : CheckResult.values()) {
            assertEquals(expected++, result.number(), result.text());
        }
    }

    @Test
    void ourOwnComeAfterThe34OfTheOriginal() {
        assertEquals(34, CheckResult.DNS_OK.number());
        for (CheckResult result : CheckResult.values()) {
            assertEquals(result.text().startsWith("dns "), result.number() >= 34, result.text());
        }
    }

    @Test
    void everyOkMeansUp() {
        for (CheckResult result : CheckResult.values()) {
            assertEquals(result.text().endsWith(" ok"), result.verdict() == HostState.UP, result.text());
        }
    }
}
