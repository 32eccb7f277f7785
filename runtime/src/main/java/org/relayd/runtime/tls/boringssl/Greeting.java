package org.relayd.runtime.tls.boringssl;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The first five octets of a connection, in a number: what the library has read when it finds that it is no TLS. It
 * tells some requests of HTTP from other garbage, and this the others.
 */
final class Greeting {
    /** Nothing came yet. */
    static final long NONE = 1;
    private static final long FULL = 1L << 40;
    private static final Set<Long> METHODS = Set.of("DELET", "OPTIO", "PATCH", "TRACE").stream().map(Greeting::number)
            .collect(Collectors.toUnmodifiableSet());

    private Greeting() {}

    /** Returns the greeting with what came now. */
    static long of(long before, MemorySegment memory, int count) {
        long now = before;
        for (int at = 0; at < count && now < FULL; at++) {
            now = (now << 8) | (memory.get(ValueLayout.JAVA_BYTE, at) & 0xff);
        }
        return now;
    }

    /** Returns whether it is a method of HTTP that the library does not know. */
    static boolean isHttp(long greeting) {
        return METHODS.contains(greeting);
    }

    private static long number(String method) {
        return method.chars().asLongStream().reduce(NONE, (before, letter) -> (before << 8) | letter);
    }
}
