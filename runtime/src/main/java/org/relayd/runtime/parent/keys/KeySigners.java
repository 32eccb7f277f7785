package org.relayd.runtime.parent.keys;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.relayd.runtime.Log;
import org.relayd.runtime.tls.LocalKey;
import org.relayd.runtime.tls.libcrypto.LibCrypto;
import org.relayd.runtime.tls.libcrypto.LibCrypto.Availability;
import org.relayd.runtime.tls.libcrypto.NativeKey;

/** What keys are taken into: libcrypto, or the JDK where there is none. Loaded for the first key. Any thread. */
final class KeySigners {
    private final Supplier<Availability> source;
    private final Log log;
    private Optional<Optional<LibCrypto>> chosen = Optional.empty();

    /**
     * Loads nothing yet.
     *
     * @param source
     *            loads libcrypto
     * @param log
     *            is told once who signs
     */
    KeySigners(Supplier<Availability> source, Log log) {
        this.source = source;
        this.log = log;
    }

    /**
     * Takes a key.
     *
     * @param key
     *            closed here, whatever happens
     * @param algorithm
     *            {@code RSA} or {@code EC}
     * @throws IOException
     *             if the library refuses it
     */
    SigningKey take(LocalKey key, String algorithm) throws IOException {
        try (key) {
            Optional<LibCrypto> library = library();
            if (library.isEmpty()) {
                return JdkKey.of(key, algorithm);
            }
            return new Held(library.get().key(key.pkcs8())
                    .orElseThrow(() -> new IOException("libcrypto does not read the private key")));
        }
    }

    private synchronized Optional<LibCrypto> library() {
        if (chosen.isEmpty()) {
            chosen = Optional.of(choose());
        }
        return chosen.get();
    }

    private Optional<LibCrypto> choose() {
        return switch (source.get()) {
            case Availability.Available(LibCrypto library) -> {
                log.debug(() -> "private keys sign in " + library.name());
                yield Optional.of(library);
            }
            case Availability.Missing(String reason) -> {
                log.info("private keys sign in the JDK, where ECDSA takes ten times as long: " + reason);
                yield Optional.empty();
            }
        };
    }

    /** A key in libcrypto, outside of the Java heap, which the library wipes. */
    private record Held(NativeKey key) implements SigningKey {
        @Override
        public Optional<byte[]> sign(int scheme, byte[] content) {
            // It answers during the call.
            AtomicReference<Optional<byte[]>> answer = new AtomicReference<>(Optional.empty());
            key.sign(scheme, content, answer::set);
            return answer.get();
        }

        @Override
        public void close() {
            key.close();
        }
    }
}
