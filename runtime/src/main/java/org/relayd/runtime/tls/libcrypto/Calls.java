package org.relayd.runtime.tls.libcrypto;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.EnumMap;
import java.util.Map;
import java.util.NoSuchElementException;

/**
 * Functions of libcrypto by their addresses. All are called through one shape: the calling conventions of Linux pass
 * integers and pointers in a register each, and a function looks only at those it knows. A stub for each signature
 * would take longer to make than the library takes to load, and one of its own for this library as long: so the shape
 * is that of {@link org.relayd.runtime.system.linux.LinuxCalls}, six words in and one out with errno caught, for which
 * the JVM has a stub by then.
 */
final class Calls {
    private static final ValueLayout.OfLong WORD = ValueLayout.JAVA_LONG;
    /** A constant, into which compilers can look. */
    @SuppressWarnings("restricted") // see the class comment for why any function may be called so
    private static final MethodHandle SHAPE = Linker.nativeLinker().downcallHandle(
            FunctionDescriptor.of(WORD, WORD, WORD, WORD, WORD, WORD, WORD), Linker.Option.captureCallState("errno"));

    private final Map<Function, MemorySegment> addresses = new EnumMap<>(Function.class);
    private final Map<SignatureScheme, Long> digests = new EnumMap<>(SignatureScheme.class);
    /** Where errno is caught, which nobody reads: one for all threads. */
    private final MemorySegment state = Arena.global().allocate(Linker.Option.captureStateLayout());

    /**
     * Loads the library; it stays until the process ends.
     *
     * @throws IllegalArgumentException
     *             if there is none of this name
     * @throws NoSuchElementException
     *             if it lacks a function
     */
    @SuppressWarnings("restricted") // see the class comment for why any function may be called so
    Calls(String name) {
        SymbolLookup library = SymbolLookup.libraryLookup(name, Arena.global());
        for (Function function : Function.values()) {
            addresses.put(function, library.findOrThrow(function.name()));
        }
        for (SignatureScheme scheme : SignatureScheme.values()) {
            digests.put(scheme, fetch(scheme.digest()));
        }
    }

    /** Found once: to find it for each signature takes the library as long as to digest. */
    private long fetch(SignatureScheme.Digest digest) {
        try (Arena arena = Arena.ofConfined()) {
            return pointer(Function.EVP_MD_fetch, 0, arena.allocateFrom(digest.library()).address(), 0);
        }
    }

    /** By the names that the library gives them. */
    enum Function {
        OPENSSL_init_crypto,
        OpenSSL_version,
        OPENSSL_info,
        d2i_AutoPrivateKey,
        EVP_MD_fetch,
        EVP_Digest,
        EVP_PKEY_get_id,
        EVP_PKEY_get_size,
        EVP_PKEY_free,
        EVP_PKEY_CTX_new,
        EVP_PKEY_CTX_free,
        EVP_PKEY_sign_init,
        EVP_PKEY_sign,
        EVP_PKEY_CTX_set_signature_md,
        EVP_PKEY_CTX_set_rsa_padding,
        EVP_PKEY_CTX_set_rsa_pss_saltlen,
        ERR_clear_error
    }

    /** Returns the EVP_MD of a scheme; 0 if the library has none, with which nothing can be digested. */
    long digest(SignatureScheme scheme) {
        return digests.get(scheme);
    }

    /** Calls a function that answers a pointer. */
    long pointer(Function function, long first, long second, long third) {
        return call(addresses.get(function), first, second, third, 0, 0);
    }

    /** Calls a function that answers an int: the upper half of the word means nothing. */
    int number(Function function, long first, long second, long third, long fourth, long fifth) {
        return (int) call(addresses.get(function), first, second, third, fourth, fifth);
    }

    /** Calls a function that takes one pointer or nothing, and answers nothing. */
    void run(Function function, long argument) {
        call(addresses.get(function), argument, 0, 0, 0, 0);
    }

    /** Calls a function that takes a number and answers a string that stays; empty if it has none. */
    @SuppressWarnings("restricted") // the library ends its strings with a zero
    String text(Function function, int argument) {
        long address = pointer(function, argument, 0, 0);
        return address == 0 ? "" : MemorySegment.ofAddress(address).reinterpret(Integer.MAX_VALUE).getString(0);
    }

    private long call(MemorySegment function, long first, long second, long third, long fourth, long fifth) {
        try {
            return (long) SHAPE.invokeExact(function, state, first, second, third, fourth, fifth, 0L);
        } catch (Throwable cause) {
            throw new IllegalStateException("foreign call", cause);
        }
    }
}
