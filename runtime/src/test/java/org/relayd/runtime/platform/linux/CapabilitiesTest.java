package org.relayd.runtime.platform.linux;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class CapabilitiesTest {

    @Test
    void theEffectiveOnesCount() {
        List<String> root = List.of("Name:\tjava", "CapPrm:\t0000000000000000", "CapEff:\t000001ffffffffff");
        assertTrue(Capabilities.of(root).netAdmin());
        assertFalse(Capabilities.of(List.of("CapPrm:\t000001ffffffffff", "CapEff:\t0000000000000400")).netAdmin());
        assertTrue(Capabilities.of(List.of("CapEff:\t0000000000001000")).netAdmin());
    }

    @Test
    void aKernelThatDoesNotTellIsAskedItself() {
        assertTrue(Capabilities.of(List.of("Name:\tjava")).netAdmin());
    }
}
