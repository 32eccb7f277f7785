package org.relayd.runtime.parent.service.linux;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.relayd.runtime.system.linux.SocketNumbers;

/**
 * The name of a Unix socket; unix(7).
 *
 * @param text
 *            a path, or a name that begins with {@code @} and is not in the file system
 */
record UnixName(String text) {
    /** Bytes of {@code sun_path}. */
    static final int LONGEST = 108;

    /** An address that a call takes. */
    record Address(MemorySegment octets, int length) {}

    /**
     * Returns the address.
     *
     * @throws IOException
     *             if the name is too long, or none
     */
    Address address(Arena arena) throws IOException {
        byte[] name = text.getBytes(StandardCharsets.UTF_8);
        boolean isAbstract = text.startsWith("@");
        if (name.length < 2 || name.length >= LONGEST || (!isAbstract && name[0] != '/')) {
            throw new IOException("no name of a socket: " + text);
        }
        if (isAbstract) {
            name[0] = 0;
        }
        MemorySegment octets = arena.allocate(Short.BYTES + LONGEST);
        octets.set(ValueLayout.JAVA_SHORT, 0, (short) SocketNumbers.AF_UNIX);
        MemorySegment.copy(name, 0, octets, ValueLayout.JAVA_BYTE, Short.BYTES, name.length);
        // All octets of a name count that is not in the file system; the others end with a zero.
        return new Address(octets, Short.BYTES + name.length + (isAbstract ? 0 : 1));
    }

    /** Returns the name in an address that the kernel has written, as far as it has one. */
    static UnixName of(MemorySegment octets, int length) {
        byte[] name = new byte[Math.max(0, Math.min(length - Short.BYTES, LONGEST))];
        MemorySegment.copy(octets, ValueLayout.JAVA_BYTE, Short.BYTES, name, 0, name.length);
        int end = name.length;
        while (end > 0 && name[end - 1] == 0) {
            end--;
        }
        if (end > 0 && name[0] == 0) {
            name[0] = '@';
        }
        return new UnixName(new String(Arrays.copyOf(name, end), StandardCharsets.UTF_8));
    }
}
