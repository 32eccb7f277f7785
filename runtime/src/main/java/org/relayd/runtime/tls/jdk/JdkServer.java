package org.relayd.runtime.tls.jdk;

import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import org.relayd.runtime.tls.Identity;
import org.relayd.runtime.tls.ServerPolicy;
import org.relayd.runtime.tls.Signer;
import org.relayd.runtime.tls.TlsEngine;
import org.relayd.runtime.tls.TlsException;
import org.relayd.runtime.tls.TlsMemory;
import org.relayd.runtime.tls.TlsStream;

/** The server's side. There is nothing to free. */
final class JdkServer implements TlsEngine.Context {
    private final ServerPolicy policy;
    private final SSLContext context;
    private final SSLParameters parameters;
    private final Executor tasks;
    private final List<Signer> signers;
    private final AtomicBoolean closed = new AtomicBoolean();

    private JdkServer(ServerPolicy policy, List<Identity> identities, SSLContext context, SSLParameters parameters,
            Executor tasks) {
        signers = identities.stream().map(Identity::key).flatMap(JdkServer::signer).toList();
        signers.forEach(Signer::hold);
        this.policy = policy;
        this.context = context;
        this.parameters = parameters;
        this.tasks = tasks;
    }

    static JdkServer of(ServerPolicy policy, Executor tasks) throws TlsException {
        SSLParameters parameters = Parameters.of(policy.common());
        parameters.setUseCipherSuitesOrder(policy.serverPreference());
        parameters.setNeedClientAuth(policy.clients().isPresent());
        return with(policy, policy.identities(), parameters, tasks);
    }

    private static JdkServer with(ServerPolicy policy, List<Identity> identities, SSLParameters parameters,
            Executor tasks) throws TlsException {
        KeyManager[] keys = {new IdentityKeys(identities, policy.tickets().isPresent())};
        TrustManager[] trust = {new PeerTrust(policy.clients(), Optional.empty())};
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys, trust, null);
            return new JdkServer(policy, identities, context, parameters, tasks);
        } catch (GeneralSecurityException none) {
            throw new TlsException("the JDK has no TLS", none);
        }
    }

    /** Returns the same with one other identity. */
    JdkServer showing(Identity identity) throws TlsException {
        return with(policy, List.of(identity), parameters, tasks);
    }

    @Override
    public TlsStream stream(TlsMemory memory, Turn turn) {
        SSLEngine engine = context.createSSLEngine();
        engine.setUseClientMode(false);
        SSLParameters own = Parameters.copy(parameters);
        own.setSNIMatchers(List.of(new Witness()));
        engine.setSSLParameters(own);
        // None in common is no reason to refuse: an empty answer means so.
        engine.setHandshakeApplicationProtocolSelector((_, offered) -> policy.protocols().stream()
                .filter(offered::contains).findFirst().orElse(""));
        boolean forgetful = policy.tickets().isEmpty() && !policy.sessionCache();
        return new JdkStream(engine, memory, turn, new HandshakeWork(tasks, forgetful));
    }

    private static Stream<Signer> signer(Identity.Key key) {
        return switch (key) {
            case Identity.Key.Local _ -> Stream.of();
            case Identity.Key.Elsewhere(Signer signer) -> Stream.of(signer);
        };
    }

    /** Streams are not counted: a handshake that is under way then may get no signature of a key that is elsewhere. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            signers.forEach(Signer::release);
        }
    }
}
