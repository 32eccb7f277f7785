package org.relayd.runtime.platform.bsd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.relayd.runtime.platform.KernelException;
import org.relayd.runtime.platform.bsd.abi.Abi;
import org.relayd.runtime.platform.bsd.abi.Image;
import org.relayd.runtime.platform.bsd.abi.Ioctl;
import org.relayd.runtime.system.ErrorName;
import org.relayd.runtime.system.SystemException;

/**
 * The way to the kernel, tried on a Linux kernel: numbers differ there, what happens to arguments and
 * their pointers does not.
 */
class NativeCallsTest {
    private static final int AF_INET = 2;
    private static final int SOCK_DGRAM = 2;

    private final NativeCalls calls = new NativeCalls();

    /** {@code struct ifconf}, a number of bytes and a pointer at offset 8, has the shape of {@code pfioc_trans}. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void whatAPointerPointsToGoesBothWays() throws SystemException {
        Abi abi = Abi.ofOpenBsd();
        Image room = abi.image("pfioc_trans_e");
        Image interfaces = abi.image("pfioc_trans").number("size", 1032).array("array", List.of(room));
        int socket = calls.socket(AF_INET, SOCK_DGRAM, 0);
        try {
            calls.ioctl(socket, new Ioctl("SIOCGIFCONF", 0x8912), interfaces);
        } finally {
            calls.close(socket);
        }
        assertEquals(0, interfaces.number("size") % 40, "a whole number of struct ifreq");
        assertTrue(new String(interfaces.target().orElseThrow().bytes(), StandardCharsets.US_ASCII).startsWith("lo"));
    }

    @Test
    void refusalsCarryTheSystemsWords() {
        SystemException refused = assertThrows(SystemException.class, () -> calls.open("/nonexistent/pf"));
        assertTrue(refused.errno().is(ErrorName.ENOENT));
        assertEquals("No such file or directory", refused.getMessage());
    }

    @Test
    void programsReadTheirInputAndSpeakForThemselves() throws KernelException {
        assertEquals("pass\n", calls.run(List.of("/bin/cat"), "pass\n"));
        assertEquals("/bin/sh -c echo a >&2; echo b >&2; exit 3: a;b", assertThrows(KernelException.class,
                () -> calls.run(List.of("/bin/sh", "-c", "echo a >&2; echo b >&2; exit 3"), "")).getMessage());
        assertTrue(assertThrows(KernelException.class, () -> calls.run(List.of("/nonexistent/pfctl"), ""))
                .getMessage().startsWith("/nonexistent/pfctl: "));
    }
}
