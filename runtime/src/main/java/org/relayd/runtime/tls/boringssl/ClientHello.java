package org.relayd.runtime.tls.boringssl;

import io.netty.internal.tcnative.SSL;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a client can read, where this has to be known here: of keys that sign elsewhere the library can be offered one,
 * so that it cannot choose. Below TLS 1.3 the suites of the hello decide, which the library tells nobody.
 */
final class ClientHello {
    private static final byte[] NOTHING = {};
    /** Octets that are kept: suites stand in the first hundreds of them. */
    private static final int MOST = 4096;
    private static final int HANDSHAKE_RECORD = 22;
    private static final int CLIENT_HELLO = 1;
    private static final int RECORD_HEADER = 5;
    private static final int RECORD_LENGTH_AT = 3;
    /** Length of the message, version, random. */
    private static final int BEFORE_SESSION = 3 + 2 + 32;
    private static final int OCTET = 0xff;
    private static final int SHORT = 0xffff;
    private static final String MODERN = "TLSv1.3";

    /** Suites by the names that the library has for them. RFC 8422, 5289, 7905. */
    private static final Map<Integer, String> ECDSA = Map.of(
            0xc009, "ECDHE-ECDSA-AES128-SHA", 0xc00a, "ECDHE-ECDSA-AES256-SHA",
            0xc023, "ECDHE-ECDSA-AES128-SHA256", 0xc024, "ECDHE-ECDSA-AES256-SHA384",
            0xc02b, "ECDHE-ECDSA-AES128-GCM-SHA256", 0xc02c, "ECDHE-ECDSA-AES256-GCM-SHA384",
            0xcca9, "ECDHE-ECDSA-CHACHA20-POLY1305");
    private static final Map<Integer, String> RSA = Map.of(
            0xc013, "ECDHE-RSA-AES128-SHA", 0xc014, "ECDHE-RSA-AES256-SHA",
            0xc027, "ECDHE-RSA-AES128-SHA256", 0xc028, "ECDHE-RSA-AES256-SHA384",
            0xc02f, "ECDHE-RSA-AES128-GCM-SHA256", 0xc030, "ECDHE-RSA-AES256-GCM-SHA384",
            0xcca8, "ECDHE-RSA-CHACHA20-POLY1305");

    private byte[] octets = NOTHING;

    /** More has come. */
    void add(MemorySegment memory, int count) {
        int more = Math.min(count, MOST - octets.length);
        if (more > 0) {
            int before = octets.length;
            octets = Arrays.copyOf(octets, before + more);
            MemorySegment.copy(memory, ValueLayout.JAVA_BYTE, 0, octets, before, more);
        }
    }

    /** Lets go of what came. */
    void forget() {
        octets = NOTHING;
    }

    /** Returns whether the client can read the signatures of a key, in the callback that asks for certificates. */
    boolean reads(long ssl, boolean elliptic) {
        Optional<List<String>> algorithms = Optional.ofNullable(SSL.getSigAlgs(ssl)).map(List::of);
        String kind = elliptic ? "ecdsa" : "rsa";
        if (!algorithms.map(all -> all.stream().anyMatch(name -> name.startsWith(kind))).orElse(true)) {
            return false;
        }
        if (MODERN.equals(SSL.getVersion(ssl))) {
            return true;
        }
        Set<String> own = Set.of(SSL.getCiphers(ssl));
        Map<Integer, String> known = elliptic ? ECDSA : RSA;
        return suites(octets).map(all -> all.stream().anyMatch(
                suite -> known.containsKey(suite) && own.contains(known.get(suite)))).orElse(true);
    }

    /** Returns the suites of a hello; empty if not all of them are there. */
    static Optional<Set<Integer>> suites(byte[] records) {
        try {
            ByteBuffer message = message(ByteBuffer.wrap(records));
            if (message.get() != CLIENT_HELLO) {
                return Optional.empty();
            }
            skip(message, BEFORE_SESSION);
            skip(message, message.get() & OCTET);
            int count = (message.getShort() & SHORT) / Short.BYTES;
            Set<Integer> suites = new HashSet<>();
            for (int i = 0; i < count; i++) {
                suites.add(message.getShort() & SHORT);
            }
            return Optional.of(suites);
        } catch (BufferUnderflowException cut) {
            return Optional.empty();
        }
    }

    private static void skip(ByteBuffer message, int count) {
        if (message.remaining() < count) {
            throw new BufferUnderflowException();
        }
        message.position(message.position() + count);
    }

    /** What is in the records, so far as it is there. */
    private static ByteBuffer message(ByteBuffer records) {
        ByteBuffer message = ByteBuffer.allocate(records.remaining());
        while (records.remaining() > RECORD_HEADER && records.get(records.position()) == HANDSHAKE_RECORD) {
            int length = records.getShort(records.position() + RECORD_LENGTH_AT) & SHORT;
            records.position(records.position() + RECORD_HEADER);
            int there = Math.min(length, records.remaining());
            message.put(records.slice(records.position(), there));
            records.position(records.position() + there);
        }
        return message.flip();
    }
}
