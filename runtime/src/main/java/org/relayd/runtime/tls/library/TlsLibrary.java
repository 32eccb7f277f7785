package org.relayd.runtime.tls.library;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.relayd.runtime.Log;
import org.relayd.runtime.tls.TlsEngine;
import org.relayd.runtime.tls.boringssl.BoringSsl;
import org.relayd.runtime.tls.boringssl.BoringSsl.Availability;
import org.relayd.runtime.tls.jdk.JdkTls;

/**
 * The library that TLS is spoken with: BoringSSL, or the JDK's where there is none for the machine. One for the whole
 * daemon, loaded when somebody needs it first; without TLS in the configuration never. Any thread.
 */
public final class TlsLibrary implements Supplier<TlsEngine> {
    /** Options that a library may lack, but for those of which the compiler warns. */
    private static final List<String> OPTIONS = List.of("tlsv1.0", "tlsv1.1", "ocsp", "session tickets");

    private final Supplier<TlsEngine> choice;
    private Optional<TlsEngine> loaded = Optional.empty();

    /**
     * Loads nothing yet.
     *
     * @param log
     *            is told if it has to be the JDK, and who signs with keys of RSA
     */
    public TlsLibrary(Log log) {
        this(() -> choose(BoringSsl.load(log), log));
    }

    TlsLibrary(Supplier<TlsEngine> choice) {
        this.choice = choice;
    }

    /** Returns the one that holds a given library. */
    public static TlsLibrary of(TlsEngine engine) {
        return new TlsLibrary(() -> engine);
    }

    static TlsEngine choose(Availability best, Log log) {
        return switch (best) {
            case Availability.Available(BoringSsl engine) -> engine;
            case Availability.Missing(String reason) -> {
                TlsEngine jdk = new JdkTls();
                log.info("TLS is spoken by " + jdk.name() + ", where a handshake costs two to three times as much: "
                        + reason);
                OPTIONS.forEach(option -> jdk.unheeded(option)
                        .ifPresent(why -> log.info("tls " + option + " has no effect: " + why)));
                yield jdk;
            }
        };
    }

    /** Returns the library. Blocks for the first one who asks: not for event loops. */
    @Override
    public synchronized TlsEngine get() {
        if (loaded.isEmpty()) {
            loaded = Optional.of(choice.get());
        }
        return loaded.get();
    }
}
