package org.relayd.runtime.tls.libcrypto;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Optional;
import org.relayd.runtime.tls.libcrypto.Calls.Function;

/** What a key signs with by one scheme, made once for many signatures. One thread at a time. */
final class SigningContext implements AutoCloseable {
    /** RSA_PKCS1_PADDING. */
    private static final int PKCS1 = 1;
    /** RSA_PKCS1_PSS_PADDING. */
    private static final int PSS = 6;
    /** RSA_PSS_SALTLEN_DIGEST. */
    private static final int SALT_OF_DIGEST = -1;
    private static final int LONGEST_DIGEST = 64;
    /** Octets of the longest content that is signed in a handshake; those of certificates are longer. */
    private static final int USUAL_CONTENT = 512;

    private final Calls calls;
    private final long pointer;
    private final int length;
    /** EVP_MD. */
    private final long algorithm;
    private final Arena arena = Arena.ofShared();
    private final MemorySegment usual = arena.allocate(USUAL_CONTENT);
    private final MemorySegment digest = arena.allocate(LONGEST_DIGEST);
    private final MemorySegment filled = arena.allocate(ValueLayout.JAVA_INT);
    private final MemorySegment count = arena.allocate(ValueLayout.JAVA_LONG);
    private final MemorySegment signature;

    private SigningContext(Calls calls, long pointer, int length, long algorithm) {
        this.calls = calls;
        this.pointer = pointer;
        this.length = length;
        this.algorithm = algorithm;
        signature = arena.allocate(length);
    }

    /**
     * Makes one.
     *
     * @param key
     *            EVP_PKEY, which it holds a reference of
     * @param length
     *            octets of the longest signature
     * @return empty if the library has none for such a key
     */
    static Optional<SigningContext> of(Calls calls, long key, int length, SignatureScheme scheme) {
        long pointer = calls.pointer(Function.EVP_PKEY_CTX_new, key, 0, 0);
        if (pointer == 0) {
            return Optional.empty();
        }
        SigningContext made = new SigningContext(calls, pointer, length, calls.digest(scheme));
        if (made.begin(scheme)) {
            return Optional.of(made);
        }
        made.close();
        return Optional.empty();
    }

    private boolean begin(SignatureScheme scheme) {
        return calls.number(Function.EVP_PKEY_sign_init, pointer, 0, 0, 0, 0) == 1 && switch (scheme.family()) {
            case PKCS1 -> isPadded(PKCS1);
            case PSS -> isPadded(PSS) && calls.number(Function.EVP_PKEY_CTX_set_rsa_pss_saltlen, pointer,
                    SALT_OF_DIGEST, 0, 0, 0) == 1;
            case ECDSA -> true;
        } && calls.number(Function.EVP_PKEY_CTX_set_signature_md, pointer, algorithm, 0, 0, 0) == 1;
    }

    private boolean isPadded(int padding) {
        return calls.number(Function.EVP_PKEY_CTX_set_rsa_padding, pointer, padding, 0, 0, 0) == 1;
    }

    /** Signs; empty if the library does not, such as with a key that is too short for the digest. */
    Optional<byte[]> sign(byte[] content) {
        if (content.length > USUAL_CONTENT) {
            try (Arena once = Arena.ofConfined()) {
                return sign(once.allocateFrom(ValueLayout.JAVA_BYTE, content), content.length);
            }
        }
        MemorySegment.copy(content, 0, usual, ValueLayout.JAVA_BYTE, 0, content.length);
        return sign(usual, content.length);
    }

    private Optional<byte[]> sign(MemorySegment content, int octets) {
        count.set(ValueLayout.JAVA_LONG, 0, length);
        if (calls.number(Function.EVP_Digest, content.address(), octets, digest.address(), filled.address(),
                algorithm) != 1
                || calls.number(Function.EVP_PKEY_sign, pointer, signature.address(), count.address(), digest.address(),
                        filled.get(ValueLayout.JAVA_INT, 0)) != 1) {
            return Optional.empty();
        }
        return Optional.of(signature.asSlice(0, count.get(ValueLayout.JAVA_LONG, 0)).toArray(ValueLayout.JAVA_BYTE));
    }

    /** Frees it. Once. */
    @Override
    public void close() {
        calls.run(Function.EVP_PKEY_CTX_free, pointer);
        arena.close();
    }
}
