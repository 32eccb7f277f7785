package org.relayd.runtime.tls.libcrypto;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.relayd.runtime.tls.Signer;
import org.relayd.runtime.tls.libcrypto.Calls.Function;

/**
 * A private key in libcrypto. Answers during the call, as a TLS library with the key in it would. Any thread,
 * and several at once; whoever closes it sees to it that nobody signs any more.
 */
public final class NativeKey implements Signer, AutoCloseable {
    /** RSA_PKCS1_PADDING. */
    private static final int PKCS1 = 1;
    /** RSA_PKCS1_PSS_PADDING. */
    private static final int PSS = 6;
    /** RSA_PSS_SALTLEN_DIGEST. */
    private static final int SALT_OF_DIGEST = -1;

    private final Calls calls;
    private final long key;
    private final Kind kind;
    private final int length;
    private final AtomicBoolean closed = new AtomicBoolean();

    NativeKey(Calls calls, long key, Kind kind) {
        this.calls = calls;
        this.key = key;
        this.kind = kind;
        length = calls.number(Function.EVP_PKEY_get_size, key, 0, 0, 0, 0);
    }

    /** What it can sign with. */
    enum Kind {
        /** EVP_PKEY_RSA. */
        RSA(6),
        /** EVP_PKEY_EC. */
        EC(408);

        private final int number;

        Kind(int number) {
            this.number = number;
        }

        static Optional<Kind> of(int number) {
            return Arrays.stream(values()).filter(one -> one.number == number).findFirst();
        }

        private boolean signs(SignatureScheme scheme) {
            return switch (scheme.family()) {
                case PKCS1, PSS -> this == RSA;
                case ECDSA -> this == EC;
            };
        }
    }

    /** Returns whether it is of RSA; of an elliptic curve else. */
    boolean isRsa() {
        return kind == Kind.RSA;
    }

    @Override
    public void sign(int scheme, byte[] content, Consumer<Optional<byte[]>> answer) {
        answer.accept(closed.get()
                ? Optional.empty()
                : SignatureScheme.of(scheme).filter(kind::signs).flatMap(known -> signature(known, content)));
    }

    private Optional<byte[]> signature(SignatureScheme scheme, byte[] content) {
        long context = calls.pointer(Function.EVP_MD_CTX_new, 0, 0, 0);
        if (context == 0) {
            return Optional.empty();
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment signature = arena.allocate(length);
            MemorySegment count = arena.allocateFrom(ValueLayout.JAVA_LONG, length);
            MemorySegment message = arena.allocateFrom(ValueLayout.JAVA_BYTE, content);
            if (begin(context, scheme, arena) && calls.number(Function.EVP_DigestSign, context, signature.address(),
                    count.address(), message.address(), content.length) == 1) {
                return Optional.of(signature.asSlice(0, count.get(ValueLayout.JAVA_LONG, 0))
                        .toArray(ValueLayout.JAVA_BYTE));
            }
            // Else the next call on this thread would find it in the queue.
            calls.run(Function.ERR_clear_error, 0);
            return Optional.empty();
        } finally {
            calls.run(Function.EVP_MD_CTX_free, context);
        }
    }

    private boolean begin(long context, SignatureScheme scheme, Arena arena) {
        MemorySegment slot = arena.allocate(ValueLayout.JAVA_LONG);
        if (calls.number(Function.EVP_DigestSignInit, context, slot.address(), calls.digest(scheme), 0, key) != 1) {
            return false;
        }
        long parameters = slot.get(ValueLayout.JAVA_LONG, 0);
        return switch (scheme.family()) {
            case PKCS1 -> isPadded(parameters, PKCS1);
            case PSS -> isPadded(parameters, PSS) && calls.number(Function.EVP_PKEY_CTX_set_rsa_pss_saltlen,
                    parameters, SALT_OF_DIGEST, 0, 0, 0) == 1;
            case ECDSA -> true;
        };
    }

    private boolean isPadded(long parameters, int padding) {
        return calls.number(Function.EVP_PKEY_CTX_set_rsa_padding, parameters, padding, 0, 0, 0) == 1;
    }

    /** Frees the key, which the library wipes. The second call does nothing. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            calls.run(Function.EVP_PKEY_free, key);
        }
    }
}
