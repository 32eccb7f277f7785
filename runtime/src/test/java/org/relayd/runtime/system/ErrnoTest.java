package org.relayd.runtime.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.channel.epoll.Epoll;
import io.netty.channel.unix.Errors;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class ErrnoTest {
    @BeforeAll
    static void loadTheLibrary() {
        Epoll.ensureAvailability();
    }

    @Test
    void systemsNumberTheSameErrorInOtherWays() {
        assertTrue(Errno.linux(110).is(ErrorName.ETIMEDOUT));
        assertTrue(Errno.bsd(60, "Operation timed out").is(ErrorName.ETIMEDOUT));
        assertFalse(Errno.linux(60).is(ErrorName.ETIMEDOUT));
        assertTrue(Errno.linux(24).isOneOf(Set.of(ErrorName.EMFILE, ErrorName.ENFILE)));
    }

    @Test
    void anErrorWithoutNameIsCarriedToo() {
        assertEquals(new Errno(62, "Timer expired", Optional.empty()), Errno.linux(62));
        assertEquals("Unknown error 4000", Errno.linux(4000).words());
        assertEquals("IPsec processing failure", Errno.bsd(80, "IPsec processing failure").words());
    }

    @Test
    void anExceptionSaysWhatWasTried() {
        SystemException refused = new SystemException(Errno.linux(1), "cannot become user nobody");
        assertEquals("cannot become user nobody: Operation not permitted", refused.getMessage());
        assertTrue(refused.errno().is(ErrorName.EPERM));
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void wordsAreThoseOfTheSystem() {
        for (int number = 1; number < 200; number++) {
            String asked = String.valueOf(new Errors.NativeIoException("call", -number).getMessage());
            assertEquals("call(..) failed with error(-" + number + "): " + Errno.linux(number).words(), asked);
        }
    }
}
