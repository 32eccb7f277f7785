package org.relayd.runtime.parent.keys;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;

/**
 * What a server signs in a handshake of TLS, by its form. So a worker that somebody else has taken over gets no
 * signatures that mean something elsewhere: in certificates, in messages, or those of a client.
 */
final class HandshakeContent {
    /** Blanks before what is signed in TLS 1.3; RFC 8446, 4.4.3. */
    private static final int BLANKS = 64;
    private static final byte[] BEGINNING = (" ".repeat(BLANKS) + "TLS 1.3, server CertificateVerify\0")
            .getBytes(StandardCharsets.US_ASCII);
    private static final Set<Integer> DIGESTS = Set.of(32, 48);
    /** ECDSA and RSASSA-PSS: there is no other in TLS 1.3. */
    private static final Set<Integer> SCHEMES = Set.of(0x0403, 0x0503, 0x0603, 0x0804, 0x0805, 0x0806);
    /**
     * Of TLS 1.2 besides: RSASSA-PKCS1-v1_5, and SHA-1; and the one of TLS 1.0 and 1.1, under the number that BoringSSL
     * has for it.
     */
    private static final Set<Integer> OLD_SCHEMES = Set.of(0x0401, 0x0501, 0x0601, 0x0201, 0x0203, 0xff01);

    /** Octets of the randoms of client and server before the parameters; RFC 8422, 5.4. */
    private static final int RANDOMS = 64;
    private static final int NAMED_CURVE = 3;
    private static final int UNCOMPRESSED = 4;
    private static final int OCTET = 0xff;
    private static final int SHORT = 0xffff;

    private HandshakeContent() {}

    /** Returns whether a server may have to sign this with that scheme. */
    static boolean isSane(int scheme, byte[] content) {
        return SCHEMES.contains(scheme) ? isVerify(content) || isExchange(content)
                : OLD_SCHEMES.contains(scheme) && isExchange(content);
    }

    private static boolean isVerify(byte[] content) {
        return DIGESTS.contains(content.length - BEGINNING.length)
                && Arrays.equals(content, 0, BEGINNING.length, BEGINNING, 0, BEGINNING.length);
    }

    /** Of TLS 1.2 and before: the randoms, then a curve and a point on it. */
    private static boolean isExchange(byte[] content) {
        int head = RANDOMS + 1 + Short.BYTES + 1;
        if (content.length <= head) {
            return false;
        }
        ByteBuffer parameters = ByteBuffer.wrap(content).position(RANDOMS);
        if (parameters.get() != NAMED_CURVE) {
            return false;
        }
        int curve = parameters.getShort() & SHORT;
        int length = parameters.get() & OCTET;
        if (length != parameters.remaining()) {
            return false;
        }
        int form = parameters.get();
        return switch (curve) {
            case 0x0017 -> length == 65 && form == UNCOMPRESSED;
            case 0x0018 -> length == 97 && form == UNCOMPRESSED;
            case 0x0019 -> length == 133 && form == UNCOMPRESSED;
            // X25519, where every octet is one of the number.
            case 0x001d -> length == 32;
            default -> false;
        };
    }
}
