package org.relayd.runtime.tls.boringssl;

import io.netty.internal.tcnative.SSL;
import java.util.Optional;
import org.relayd.runtime.Log;
import org.relayd.runtime.tls.ClientPolicy;
import org.relayd.runtime.tls.Identity;
import org.relayd.runtime.tls.ServerPolicy;
import org.relayd.runtime.tls.TlsEngine;
import org.relayd.runtime.tls.TlsException;

/** BoringSSL as an engine. Loads the native library when it is first asked for, never before. */
public final class BoringSsl implements TlsEngine {
    private final Census census = new Census();

    private final FasterKeys faster;

    private BoringSsl(FasterKeys faster) {
        this.faster = faster;
    }

    /** Whether there is an engine. */
    public sealed interface Availability {

        /**
         * There is one.
         *
         * @param engine
         *            with contexts of its own
         */
        record Available(BoringSsl engine) implements Availability {}

        /**
         * There is none on this machine.
         *
         * @param reason
         *            for the log
         */
        record Missing(String reason) implements Availability {}
    }

    /** Loads the library, once per process, and makes an engine that tells no log. Blocks. */
    public static Availability load() {
        return load(FasterKeys.ofTheSystem(line -> {}));
    }

    /**
     * Loads the library, once per process, and makes an engine. Blocks.
     *
     * @param log
     *            is told who signs with keys of RSA
     */
    public static Availability load(Log log) {
        return load(FasterKeys.ofTheSystem(log::debug));
    }

    /** Loads the library, once per process, and makes an engine of which another library may sign. */
    static Availability load(FasterKeys faster) {
        Optional<String> missing = NativeLibrary.missing();
        if (missing.isPresent()) {
            return new Availability.Missing(missing.get());
        }
        return new Availability.Available(new BoringSsl(faster));
    }

    /** Returns what is alive of this engine. */
    Census census() {
        return census;
    }

    @Override
    public Context server(ServerPolicy policy) throws TlsException {
        return ServerContext.of(policy, faster, census);
    }

    @Override
    public ClientContext client(ClientPolicy policy) throws TlsException {
        return ClientTargets.of(policy, census);
    }

    @Override
    public Context showing(Context base, Identity identity) throws TlsException {
        if (base instanceof ServerContext context) {
            return context.showing(identity);
        }
        throw new IllegalArgumentException("not a server's context of this engine");
    }

    @Override
    public String name() {
        return SSL.versionString();
    }

    @Override
    public Optional<String> unheeded(String setting) {
        return switch (setting) {
            case "edh", "dhparams" -> Optional.of("BoringSSL has no Diffie-Hellman of finite fields");
            case "client-renegotiation" -> Optional.of("BoringSSL refuses renegotiation");
            default -> Optional.empty();
        };
    }
}
