package org.relayd.runtime.tls.boringssl;

import java.security.interfaces.RSAPublicKey;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.relayd.runtime.tls.Identity;
import org.relayd.runtime.tls.LocalKey;
import org.relayd.runtime.tls.libcrypto.LibCrypto;
import org.relayd.runtime.tls.libcrypto.LibCrypto.Availability;
import org.relayd.runtime.tls.libcrypto.NativeKey;

/**
 * Keys of RSA-2048 that the system's libcrypto signs with in half the time. Only where the processor has AVX-512 IFMA,
 * for which BoringSSL has no code: elsewhere both libraries take the same time, and one is enough. With keys of other
 * lengths OpenSSL 3.0 is not faster either. The library is loaded for the first key that may profit. Any thread.
 */
final class FasterKeys {
    private static final int LENGTH = 2048;

    private final Supplier<Availability> source;
    private final Predicate<LibCrypto> faster;
    private final Consumer<Supplier<String>> debug;
    private Optional<Optional<LibCrypto>> chosen = Optional.empty();

    /**
     * Loads nothing yet.
     *
     * @param source
     *            loads the library
     * @param faster
     *            whether it is faster on this processor
     * @param debug
     *            is told once who signs
     */
    FasterKeys(Supplier<Availability> source, Predicate<LibCrypto> faster, Consumer<Supplier<String>> debug) {
        this.source = source;
        this.faster = faster;
        this.debug = debug;
    }

    /** Those of this machine. */
    static FasterKeys ofTheSystem(Consumer<Supplier<String>> debug) {
        return new FasterKeys(LibCrypto::load, LibCrypto::isFastWithRsa2048, debug);
    }

    /** Takes a key into that library; empty if the engine's own is to sign. */
    Optional<NativeKey> of(Identity identity, LocalKey key) {
        if (!(identity.chain().getFirst().getPublicKey() instanceof RSAPublicKey rsa)
                || rsa.getModulus().bitLength() != LENGTH) {
            return Optional.empty();
        }
        return library().flatMap(library -> library.rsa(key.pkcs8()));
    }

    private synchronized Optional<LibCrypto> library() {
        if (chosen.isEmpty()) {
            chosen = Optional.of(choose());
        }
        return chosen.get();
    }

    private Optional<LibCrypto> choose() {
        return switch (source.get()) {
            case Availability.Available(LibCrypto library) when faster.test(library) -> {
                debug.accept(() -> "RSA-2048 signatures: " + library.name());
                yield Optional.of(library);
            }
            case Availability.Available(LibCrypto library) -> {
                debug.accept(() -> "RSA-2048 signatures: BoringSSL; " + library.name()
                        + " is not faster on this processor");
                yield Optional.empty();
            }
            case Availability.Missing(String reason) -> {
                debug.accept(() -> "RSA-2048 signatures: BoringSSL; " + reason);
                yield Optional.empty();
            }
        };
    }
}
