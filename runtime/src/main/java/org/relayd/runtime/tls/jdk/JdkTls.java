package org.relayd.runtime.tls.jdk;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLParameters;
import org.relayd.runtime.tls.ClientPolicy;
import org.relayd.runtime.tls.Identity;
import org.relayd.runtime.tls.ServerPolicy;
import org.relayd.runtime.tls.TlsEngine;
import org.relayd.runtime.tls.TlsException;

/** The TLS of the JDK. */
public final class JdkTls implements TlsEngine {
    private static final String OLD = "the JDK speaks TLS 1.2 and 1.3 only";
    /** What a configuration may ask for in vain, by its word in relayd.conf(5). */
    private static final Map<String, String> UNHEEDED = Map.of(
            "tlsv1", OLD,
            "tlsv1.0", OLD,
            "tlsv1.1", OLD,
            "ocsp", "the JDK shows no OCSP response that it was given",
            "session tickets", "the JDK has keys of its own for tickets, and none of them outlives a reload",
            "edh", "the JDK has its own parameters", "dhparams", "the JDK has its own parameters",
            "client-renegotiation", "renegotiation is always refused");

    private final Executor tasks;

    /** Creates it; the work of handshakes runs on virtual threads. */
    public JdkTls() {
        this(Executors.newVirtualThreadPerTaskExecutor());
    }

    /**
     * Creates it.
     *
     * @param tasks
     *            runs the work of handshakes, which may block
     */
    public JdkTls(Executor tasks) {
        this.tasks = tasks;
    }

    @Override
    public Context server(ServerPolicy policy) throws TlsException {
        return JdkServer.of(policy, tasks);
    }

    @Override
    public ClientContext client(ClientPolicy policy) throws TlsException {
        SSLParameters common = Parameters.of(policy.common());
        return new JdkClient(policy, common, tasks);
    }

    @Override
    public Context showing(Context base, Identity identity) throws TlsException {
        if (base instanceof JdkServer server) {
            return server.showing(identity);
        }
        throw new IllegalArgumentException("a context of another library");
    }

    @Override
    public String name() {
        return "JDK " + Runtime.version();
    }

    @Override
    public Optional<String> unheeded(String setting) {
        return Optional.ofNullable(UNHEEDED.get(setting));
    }
}
