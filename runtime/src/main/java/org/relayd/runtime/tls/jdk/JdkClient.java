package org.relayd.runtime.tls.jdk;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Executor;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import org.relayd.ir.net.IpAddress;
import org.relayd.runtime.tls.ClientPolicy;
import org.relayd.runtime.tls.TlsEngine;
import org.relayd.runtime.tls.TlsSide;

/** The client's side. Each target has a context of the JDK, which keeps its sessions. There is nothing to free. */
final class JdkClient implements TlsEngine.ClientContext {
    /** What the JDK finds sessions by in a context; as a name it would not be sent. */
    private static final String TARGET = "target";
    private static final int LONGEST_NAME = 253;

    private final ClientPolicy policy;
    private final SSLParameters parameters;
    private final Executor tasks;

    JdkClient(ClientPolicy policy, SSLParameters parameters, Executor tasks) {
        this.policy = policy;
        this.parameters = parameters;
        this.tasks = tasks;
    }

    @Override
    public TlsSide towards(String name) {
        return side(Optional.of(name));
    }

    @Override
    public TlsSide towardsAny() {
        return side(Optional.empty());
    }

    private TlsSide side(Optional<String> name) {
        List<SNIServerName> sent = name.map(JdkClient::sent).orElse(List.of());
        SSLContext context;
        try {
            context = SSLContext.getInstance("TLS");
            context.init(new KeyManager[0], new TrustManager[]{new PeerTrust(policy.servers(), name)}, null);
        } catch (GeneralSecurityException none) {
            throw new IllegalStateException("the JDK has no TLS", none);
        }
        return (memory, turn) -> {
            SSLEngine engine = policy.resumes() ? context.createSSLEngine(TARGET, 1) : context.createSSLEngine();
            engine.setUseClientMode(true);
            SSLParameters own = Parameters.copy(parameters);
            own.setServerNames(sent);
            own.setSNIMatchers(List.of(new Witness()));
            engine.setSSLParameters(own);
            return new JdkStream(engine, memory, turn, new HandshakeWork(tasks, false));
        };
    }

    private static List<SNIServerName> sent(String name) {
        String bare = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
        boolean sendable = !bare.isEmpty() && bare.length() <= LONGEST_NAME && IpAddress.parse(bare).isEmpty()
                && bare.chars().allMatch(letter -> letter > ' ' && letter <= '~');
        return sendable
                ? List.of(new SNIHostName(bare.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.US_ASCII)))
                : List.of();
    }

    @Override
    public void close() {
        // Nothing is counted.
    }
}
