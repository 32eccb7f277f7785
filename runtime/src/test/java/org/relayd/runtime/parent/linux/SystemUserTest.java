package org.relayd.runtime.parent.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SystemUserTest {
    private static final List<String> LINES = List.of("root:x:0:0:root:/root:/bin/sh",
            "toor:x:0:0::/root:/bin/sh", "broken", "many:x:99999999999:1:::", "_relayd:x:990:989::/:/usr/sbin/nologin");

    @Test
    void aUserIsFoundByItsWholeName() {
        assertEquals(Optional.of(new SystemUser("_relayd", 990, 989)), SystemUser.in(LINES, "_relayd"));
        assertEquals(Optional.empty(), SystemUser.in(LINES, "relayd"));
        assertEquals(Optional.empty(), SystemUser.in(LINES, "broken"));
        assertEquals(Optional.empty(), SystemUser.in(LINES, "many"));
    }

    @Test
    void rootIsNobodyToRunScriptsAs() {
        assertEquals(Optional.empty(), SystemUser.in(LINES, "root"));
        assertEquals(Optional.empty(), SystemUser.in(LINES, "toor"));
    }
}
