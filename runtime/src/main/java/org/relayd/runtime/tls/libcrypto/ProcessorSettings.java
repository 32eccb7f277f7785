package org.relayd.runtime.tls.libcrypto;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What libcrypto says of the processor: {@code OPENSSL_ia32cap=0x...:0x...}. OPENSSL_ia32cap(3). */
final class ProcessorSettings {
    /** The second number: its lower half is EBX of leaf 7 of CPUID. */
    private static final Pattern VECTOR = Pattern
            .compile("OPENSSL_ia32cap=0x[0-9a-fA-F]{1,16}:0x([0-9a-fA-F]{1,16})(?![0-9a-fA-F]).*");
    /** AVX512F, AVX512DQ, AVX512_IFMA and AVX512VL: what the library itself asks for. */
    private static final long INTEGER_FMA = 1L << 16 | 1L << 17 | 1L << 21 | 1L << 31;

    private ProcessorSettings() {}

    /** Whether it multiplies eight words of 52 bits at once; not on other processors, nor if the text is not known. */
    static boolean hasIntegerFma(String settings) {
        Matcher vector = VECTOR.matcher(settings);
        return vector.matches() && (Long.parseUnsignedLong(vector.group(1), 16) & INTEGER_FMA) == INTEGER_FMA;
    }
}
