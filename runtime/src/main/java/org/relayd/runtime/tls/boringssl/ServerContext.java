package org.relayd.runtime.tls.boringssl;

import io.netty.internal.tcnative.AsyncSSLPrivateKeyMethod;
import io.netty.internal.tcnative.ResultCallback;
import io.netty.internal.tcnative.SSL;
import io.netty.internal.tcnative.SSLContext;
import io.netty.internal.tcnative.SessionTicketKey;
import java.util.List;
import java.util.Optional;
import org.relayd.runtime.tls.Identity;
import org.relayd.runtime.tls.PeerVerifier;
import org.relayd.runtime.tls.ServerPolicy;
import org.relayd.runtime.tls.TicketKeys;
import org.relayd.runtime.tls.TlsEngine;
import org.relayd.runtime.tls.TlsException;
import org.relayd.runtime.tls.TlsMemory;
import org.relayd.runtime.tls.TlsStream;

/** The server's side of a policy. */
final class ServerContext implements TlsEngine.Context {
    /** Certificates between a client's and its authority's. */
    private static final int DEPTH = 10;
    /** Sessions of TLS 1.2 that are remembered, of about 1 KiB each. */
    private static final long SESSIONS = 4096;
    /** Seconds that a session may be resumed for. */
    private static final long SESSION_SECONDS = 7200;

    private final NativeContext context;
    private final Role.Server role;
    private final FasterKeys faster;
    private Optional<TicketKeys.Subscription> following = Optional.empty();

    private ServerContext(NativeContext context, Identities identities, Optional<PeerVerifier> clients,
            FasterKeys faster) {
        this.context = context;
        this.faster = faster;
        role = new Role.Server(identities, Optional.empty(), clients);
    }

    /**
     * Makes it.
     *
     * @param faster
     *            may have another library sign
     * @throws TlsException
     *             if the library refuses something; nothing native is left then
     */
    static ServerContext of(ServerPolicy policy, FasterKeys faster, Census census) throws TlsException {
        Identities identities = Identities.of(policy.identities(), faster, census);
        NativeContext context;
        try {
            context = new NativeContext(ContextSettings.make(policy.common(), SSL.SSL_MODE_SERVER), census);
        } catch (TlsException refused) {
            identities.free();
            throw refused;
        }
        context.afterwards(identities::free);
        ServerContext made = new ServerContext(context, identities, policy.clients(), faster);
        try {
            made.apply(policy);
        } catch (TlsException | IllegalArgumentException refused) {
            made.close();
            throw refused;
        }
        return made;
    }

    private void apply(ServerPolicy policy) throws TlsException {
        long pointer = context.pointer();
        if (policy.serverPreference()) {
            SSLContext.setOptions(pointer, SSL.SSL_OP_CIPHER_SERVER_PREFERENCE);
        }
        if (!policy.protocols().isEmpty()) {
            SSLContext.setAlpnProtos(pointer, policy.protocols().toArray(String[]::new),
                    SSL.SSL_SELECTOR_FAILURE_NO_ADVERTISE);
        }
        if (!SSLContext.setSessionIdContext(pointer, policy.sessionContext().toArray())) {
            // What is refused stays in the queue.
            SSL.clearError();
            throw new IllegalArgumentException("context of sessions " + policy.sessionContext());
        }
        SSLContext.setSessionCacheTimeout(pointer, SESSION_SECONDS);
        if (policy.sessionCache()) {
            SSLContext.setSessionCacheMode(pointer, SSL.SSL_SESS_CACHE_SERVER);
            SSLContext.setSessionCacheSize(pointer, SESSIONS);
        }
        if (role.only().isEmpty()) {
            SSLContext.setCertificateCallback(pointer, (ssl, types, names) -> stream(ssl).showIdentity());
        }
        SSLContext.setPrivateKeyMethod(pointer, new KeyElsewhere());
        SSLContext.setUseTasks(pointer, role.identities().anyAsked() || policy.clients().isPresent());
        if (policy.clients().isPresent()) {
            askForCertificates(policy.clients().get());
        }
        policy.tickets().ifPresentOrElse(this::follow, () -> SSLContext.setOptions(pointer, SSL.SSL_OP_NO_TICKET));
    }

    /** Both calls or none: without the callback the library asks nobody for a certificate, and lets everybody in. */
    private void askForCertificates(PeerVerifier clients) throws TlsException {
        SSLContext.setCertVerifyCallback(context.pointer(), new Verification.Verifier());
        SSLContext.setVerify(context.pointer(), SSL.SSL_CVERIFY_REQUIRED, DEPTH);
        if (clients.authorities().isEmpty()) {
            return;
        }
        try {
            Pem.certificates(clients.authorities(), bio -> SSLContext.setCACertificateBio(context.pointer(), bio));
        } catch (Exception refused) {
            throw new TlsException("authorities of clients: " + ErrorQueue.words(refused), refused);
        }
    }

    private void follow(TicketKeys tickets) {
        following = Optional.of(tickets.follow(changed -> renew(tickets)));
        renew(tickets);
    }

    /** Asks for the keys of now, so that it does not matter who comes first. */
    private synchronized void renew(TicketKeys tickets) {
        if (!context.counted().hold()) {
            return;
        }
        try {
            List<TicketKeys.TicketKey> keys = tickets.keys();
            if (keys.isEmpty()) {
                // Without keys of ours the library would make its own.
                SSLContext.setOptions(context.pointer(), SSL.SSL_OP_NO_TICKET);
            } else {
                SSLContext.setSessionTicketKeys(context.pointer(), keys.stream()
                        .map(key -> new SessionTicketKey(key.name().toArray(), key.hmac().toArray(),
                                key.aes().toArray()))
                        .toArray(SessionTicketKey[]::new));
                SSLContext.clearOptions(context.pointer(), SSL.SSL_OP_NO_TICKET);
            }
        } finally {
            context.counted().release();
        }
    }

    private BoringSslStream stream(long ssl) {
        return context.stream(ssl).orElseThrow(() -> new IllegalStateException("no such stream"));
    }

    @Override
    public TlsStream stream(TlsMemory memory, Turn turn) {
        return BoringSslStream.of(context, context.counted(), role, memory, turn);
    }

    @Override
    public void close() {
        following.ifPresent(TicketKeys.Subscription::end);
        context.counted().close();
    }

    /**
     * Makes a side that shows another certificate.
     *
     * @throws TlsException
     *             if the library refuses it
     */
    TlsEngine.Context showing(Identity identity) throws TlsException {
        Material material = Material.of(identity, faster, context.census());
        try {
            return showing(material);
        } catch (IllegalStateException closed) {
            material.free();
            throw closed;
        }
    }

    /** Makes a side that shows what the library has taken already; frees it with the side. */
    TlsEngine.Context showing(Material material) {
        if (!context.counted().hold()) {
            throw new IllegalStateException("closed");
        }
        if (material.isAsked()) {
            SSLContext.setUseTasks(context.pointer(), true);
        }
        return new Shown(material);
    }

    /** A side that shows one certificate, whatever the name. */
    private final class Shown implements TlsEngine.Context {
        private final Counted counted;
        private final Role.Server own;

        Shown(Material material) {
            own = new Role.Server(role.identities(), Optional.of(material), role.verifier());
            counted = new Counted(() -> {
                material.free();
                context.counted().release();
            });
        }

        @Override
        public TlsStream stream(TlsMemory memory, Turn turn) {
            return BoringSslStream.of(context, counted, own, memory, turn);
        }

        @Override
        public void close() {
            counted.close();
        }
    }

    /** Asks the signer of what a stream shows. */
    private final class KeyElsewhere implements AsyncSSLPrivateKeyMethod {
        @Override
        public void sign(long ssl, int scheme, byte[] content, ResultCallback<byte[]> answer) {
            stream(ssl).sign(scheme, content, answer);
        }

        @Override
        public void decrypt(long ssl, byte[] content, ResultCallback<byte[]> answer) {
            answer.onError(ssl, new UnsupportedOperationException("static RSA"));
        }
    }
}
