package org.relayd.runtime.tls.libcrypto;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.relayd.runtime.tls.Signer;
import org.relayd.runtime.tls.libcrypto.Calls.Function;

/**
 * A private key in libcrypto. Answers during the call, as a TLS library with the key in it would. Any thread, and
 * several at once; whoever closes it sees to it that nobody signs any more.
 */
public final class NativeKey implements Signer, AutoCloseable {
    private final Calls calls;
    private final long key;
    private final Kind kind;
    private final int length;
    private final Map<SignatureScheme, Queue<SigningContext>> idle = new EnumMap<>(SignatureScheme.class);
    private final AtomicBoolean closed = new AtomicBoolean();

    NativeKey(Calls calls, long key, Kind kind) {
        this.calls = calls;
        this.key = key;
        this.kind = kind;
        length = calls.number(Function.EVP_PKEY_get_size, key, 0, 0, 0, 0);
        for (SignatureScheme scheme : SignatureScheme.values()) {
            idle.put(scheme, new ConcurrentLinkedQueue<>());
        }
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

    /** There are as many contexts as threads have signed at once: to make one takes half as long as a signature. */
    private Optional<byte[]> signature(SignatureScheme scheme, byte[] content) {
        Queue<SigningContext> free = idle.get(scheme);
        Optional<SigningContext> context = Optional.ofNullable(free.poll())
                .or(() -> SigningContext.of(calls, key, length, scheme));
        Optional<byte[]> signature = context.flatMap(own -> own.sign(content));
        if (signature.isPresent()) {
            free.add(context.get());
        } else {
            // Else the next call on this thread would find it in the queue.
            calls.run(Function.ERR_clear_error, 0);
            context.ifPresent(SigningContext::close);
        }
        return signature;
    }

    /** Frees the key, which the library wipes. The second call does nothing. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            idle.values().forEach(contexts -> contexts.forEach(SigningContext::close));
            calls.run(Function.EVP_PKEY_free, key);
        }
    }
}
