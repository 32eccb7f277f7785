package org.relayd.runtime.tls.boringssl;

import io.netty.internal.tcnative.SSL;
import java.io.ByteArrayOutputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;

/** Certificates and keys as the library reads them: PEM in a BIO. */
final class Pem {
    private static final byte[] LINE_END = {'\n'};
    private static final int LINE = 64;
    private static final byte[] DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
            .getBytes(StandardCharsets.US_ASCII);
    private static final byte[] KEY_BEGIN = "-----BEGIN PRIVATE KEY-----\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] KEY_END = "-----END PRIVATE KEY-----\n".getBytes(StandardCharsets.US_ASCII);

    private Pem() {}

    /** What is done with a BIO, which is freed after that. */
    @FunctionalInterface
    interface Use<T> {

        /** Reads it. */
        T of(long bio) throws Exception;
    }

    /** Reads certificates. */
    static <T> T certificates(List<X509Certificate> certificates, Use<T> use) throws Exception {
        byte[] text = text(certificates);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment memory = arena.allocate(text.length);
            MemorySegment.copy(text, 0, memory, ValueLayout.JAVA_BYTE, 0, text.length);
            return with(memory, text.length, use);
        }
    }

    /** Reads a private key; nothing of it comes to the Java heap, and what is written down for this is wiped. */
    static <T> T key(MemorySegment pkcs8, Use<T> use) throws Exception {
        try (Arena arena = Arena.ofConfined()) {
            long digits = (pkcs8.byteSize() + 2) / 3 * 4;
            MemorySegment memory = arena.allocate(KEY_BEGIN.length + digits + digits / LINE + 1 + KEY_END.length);
            try {
                return with(memory, write(pkcs8, memory), use);
            } finally {
                memory.fill((byte) 0);
            }
        }
    }

    private static <T> T with(MemorySegment memory, int count, Use<T> use) throws Exception {
        long bio = SSL.newMemBIO();
        try {
            if (SSL.bioWrite(bio, memory.address(), count) != count) {
                throw new IllegalStateException("no memory");
            }
            return use.of(bio);
        } finally {
            SSL.freeBIO(bio);
            SSL.clearError();
        }
    }

    private static byte[] text(List<X509Certificate> certificates) throws CertificateEncodingException {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        for (X509Certificate certificate : certificates) {
            text.writeBytes("-----BEGIN CERTIFICATE-----\n".getBytes(StandardCharsets.US_ASCII));
            text.writeBytes(Base64.getMimeEncoder(LINE, LINE_END).encode(certificate.getEncoded()));
            text.writeBytes("\n-----END CERTIFICATE-----\n".getBytes(StandardCharsets.US_ASCII));
        }
        return text.toByteArray();
    }

    private static int write(MemorySegment der, MemorySegment text) {
        int at = copy(KEY_BEGIN, text, 0);
        int column = 0;
        for (long from = 0; from < der.byteSize(); from += 3) {
            int left = (int) Math.min(3, der.byteSize() - from);
            int bits = (octet(der, from) << 16) | (octet(der, from + 1) << 8) | octet(der, from + 2);
            for (int digit = 0; digit < 4; digit++) {
                byte one = digit <= left ? DIGITS[(bits >> (18 - 6 * digit)) & 63] : (byte) '=';
                text.set(ValueLayout.JAVA_BYTE, at++, one);
            }
            column += 4;
            if (column == LINE) {
                text.set(ValueLayout.JAVA_BYTE, at++, (byte) '\n');
                column = 0;
            }
        }
        if (column > 0) {
            text.set(ValueLayout.JAVA_BYTE, at++, (byte) '\n');
        }
        return at + copy(KEY_END, text, at);
    }

    private static int octet(MemorySegment memory, long at) {
        return at < memory.byteSize() ? memory.get(ValueLayout.JAVA_BYTE, at) & 0xff : 0;
    }

    private static int copy(byte[] bytes, MemorySegment text, int at) {
        MemorySegment.copy(bytes, 0, text, ValueLayout.JAVA_BYTE, at, bytes.length);
        return bytes.length;
    }
}
