package org.relayd.runtime.hce;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.relayd.ir.term.CheckResult;
import org.relayd.ir.term.HostState;

class HostConditionTest {
    private final HostCondition condition = new HostCondition();

    @Test
    void theVeryFirstFailureTakesAHostDownDespiteRetries() {
        assertFalse(condition.take(CheckResult.TCP_CONNECT_FAILED, 3));
        assertEquals(HostState.DOWN, condition.state());
        assertEquals(1, condition.checks());
    }

    @Test
    void retriesForgiveThatManyFailuresAfterASuccess() {
        condition.take(CheckResult.TCP_CONNECT_OK, 2);
        assertTrue(condition.take(CheckResult.TCP_CONNECT_FAILED, 2));
        assertTrue(condition.take(CheckResult.TCP_CONNECT_FAILED, 2));
        assertEquals(HostState.UP, condition.state());
        assertFalse(condition.take(CheckResult.TCP_CONNECT_FAILED, 2));
        assertEquals(HostState.DOWN, condition.state());
        assertEquals(4, condition.checks());
        assertEquals(3, condition.upChecks());
    }

    @Test
    void checksThatCouldNotBeMadeAreNotCounted() {
        condition.take(CheckResult.TCP_CONNECT_OK, 0);
        condition.take(CheckResult.ABORTED, 0);
        assertEquals(HostState.UNKNOWN, condition.state());
        assertEquals(1, condition.checks());
        assertEquals(CheckResult.ABORTED, condition.last());
    }

    @Property(seed = "2026")
    void aHostIsDownExactlyIfMoreFailuresThanRetriesFollowedTheLastSuccess(@ForAll @Size(max = 40) List<Boolean> up,
            @ForAll @IntRange(max = 5) int retry) {
        HostCondition host = new HostCondition();
        int failures = Integer.MAX_VALUE;
        for (boolean good : up) {
            host.take(good ? CheckResult.ICMP_OK : CheckResult.ICMP_READ_TIMEOUT, retry);
            failures = good ? 0 : failures == Integer.MAX_VALUE ? failures : failures + 1;
            assertEquals(failures <= retry ? HostState.UP : HostState.DOWN, host.state());
        }
        assertEquals(up.size(), host.checks());
    }
}
