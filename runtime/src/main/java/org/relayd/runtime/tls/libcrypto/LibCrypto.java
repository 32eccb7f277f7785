package org.relayd.runtime.tls.libcrypto;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.relayd.runtime.tls.libcrypto.Calls.Function;

/** The system's libcrypto. Any thread. */
public final class LibCrypto {
    /** What it is called where it has all that is called here: OpenSSL 3 and 4. */
    public static final List<String> NAMES = List.of("libcrypto.so.3", "libcrypto.so.4");

    /**
     * Bits of OPENSSL_INIT: without openssl.cnf, and without a cleanup at the end of the process, which would take away
     * from under threads of loops what they sign with.
     */
    private static final long NO_CONFIG_NO_CLEANUP = 0x80 | 0x80000;
    /** OPENSSL_VERSION. */
    private static final int VERSION = 0;
    /** OPENSSL_INFO_CPU_SETTINGS. */
    private static final int CPU_SETTINGS = 1008;

    private final Calls calls;

    private LibCrypto(Calls calls) {
        this.calls = calls;
    }

    /** Whether there is one. */
    public sealed interface Availability {

        /**
         * There is one.
         *
         * @param library
         *            the first that could be loaded
         */
        record Available(LibCrypto library) implements Availability {}

        /**
         * There is none that has all that is needed.
         *
         * @param reason
         *            for the log
         */
        record Missing(String reason) implements Availability {}
    }

    /** Loads the library, which stays for as long as the process. Blocks. */
    public static Availability load() {
        return load(NAMES);
    }

    /** Loads the first that there is of libraries by their names. Blocks. */
    public static Availability load(List<String> names) {
        List<String> reasons = new ArrayList<>();
        for (String name : names) {
            try {
                Calls calls = new Calls(name);
                if (calls.number(Function.OPENSSL_init_crypto, NO_CONFIG_NO_CLEANUP, 0, 0, 0, 0) == 1) {
                    return new Availability.Available(new LibCrypto(calls));
                }
                reasons.add(name + " does not start");
            } catch (IllegalArgumentException | NoSuchElementException | UnsupportedOperationException missing) {
                reasons.add("cannot load " + name + ": " + missing.getMessage());
            } catch (IllegalCallerException forbidden) {
                reasons.add("native access is not enabled");
            }
        }
        return new Availability.Missing(String.join("; ", reasons));
    }

    /** Returns the name and version of the library. */
    public String name() {
        return calls.text(Function.OpenSSL_version, VERSION);
    }

    /**
     * Returns whether this processor has what the library signs with a key of RSA-2048 by in half the usual time. Asked
     * of the library itself, which also knows whether the kernel permits it.
     */
    public boolean isFastWithRsa2048() {
        return ProcessorSettings.hasIntegerFma(calls.text(Function.OPENSSL_info, CPU_SETTINGS));
    }

    /**
     * Takes a private key of RSA into the library, without a copy on the Java heap.
     *
     * @param pkcs8
     *            PKCS#8 without encryption, DER; may be wiped after the call
     * @return the key, to be closed; empty if the library does not read it, or if it is of another kind
     */
    public Optional<NativeKey> rsa(MemorySegment pkcs8) {
        Optional<NativeKey> read = key(pkcs8);
        read.filter(key -> !key.isRsa()).ifPresent(NativeKey::close);
        return read.filter(NativeKey::isRsa);
    }

    /**
     * Takes a private key into the library, without a copy on the Java heap.
     *
     * @param pkcs8
     *            PKCS#8 without encryption, DER; may be wiped after the call
     * @return the key, to be closed; empty if the library does not read it, or if it is neither RSA nor EC
     */
    public Optional<NativeKey> key(MemorySegment pkcs8) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment from = arena.allocateFrom(ValueLayout.JAVA_LONG, pkcs8.address());
            long key = calls.pointer(Function.d2i_AutoPrivateKey, 0, from.address(), pkcs8.byteSize());
            calls.run(Function.ERR_clear_error, 0);
            if (key == 0) {
                return Optional.empty();
            }
            Optional<NativeKey> known = NativeKey.Kind.of(calls.number(Function.EVP_PKEY_get_id, key, 0, 0, 0, 0))
                    .map(kind -> new NativeKey(calls, key, kind));
            if (known.isEmpty()) {
                calls.run(Function.EVP_PKEY_free, key);
            }
            return known;
        }
    }
}
