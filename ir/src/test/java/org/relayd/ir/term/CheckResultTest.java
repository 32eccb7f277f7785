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
        assertEquals(34, expected);
    }

    @Test
    void everyOkMeansUp() {
        for (CheckResult result : CheckResult.values()) {
            assertEquals(result.text().endsWith(" ok"), result.verdict() == HostState.UP, result.text());
        }
    }
}
