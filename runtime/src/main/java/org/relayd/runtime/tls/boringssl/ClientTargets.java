package org.relayd.runtime.tls.boringssl;

import io.netty.internal.tcnative.CertificateVerifier;
import io.netty.internal.tcnative.SSL;
import io.netty.internal.tcnative.SSLContext;
import io.netty.internal.tcnative.SSLSessionCache;
import java.util.Optional;
import org.relayd.runtime.tls.ClientPolicy;
import org.relayd.runtime.tls.PeerVerifier;
import org.relayd.runtime.tls.TlsEngine;
import org.relayd.runtime.tls.TlsException;
import org.relayd.runtime.tls.TlsSide;

/** The client's side of a policy, towards many targets. */
final class ClientTargets implements TlsEngine.ClientContext {
    /** Certificates between a target's and its authority's. */
    private static final int DEPTH = 10;

    private final NativeContext context;
    private final SessionStore sessions;
    private final Optional<PeerVerifier> servers;

    private ClientTargets(NativeContext context, SessionStore sessions, Optional<PeerVerifier> servers) {
        this.context = context;
        this.sessions = sessions;
        this.servers = servers;
    }

    /**
     * Makes it.
     *
     * @throws TlsException
     *             if the library refuses something; nothing native is left then
     */
    static ClientTargets of(ClientPolicy policy, Census census) throws TlsException {
        NativeContext context = new NativeContext(ContextSettings.make(policy.common(), SSL.SSL_MODE_CLIENT), census);
        ClientTargets made = new ClientTargets(context, new SessionStore(census), policy.servers());
        if (policy.resumes()) {
            made.keepSessions();
        }
        made.verify();
        return made;
    }

    private void keepSessions() {
        long pointer = context.pointer();
        SSLContext.setSessionCacheMode(pointer, SSL.SSL_SESS_CACHE_CLIENT | SSL.SSL_SESS_CACHE_NO_INTERNAL_STORE
                | SSL.SSL_SESS_CACHE_NO_INTERNAL_LOOKUP);
        SSLContext.setSSLSessionCache(pointer, new Sessions());
    }

    private void verify() {
        long pointer = context.pointer();
        if (servers.isPresent()) {
            SSLContext.setUseTasks(pointer, true);
            SSLContext.setCertVerifyCallback(pointer, new Verification.Verifier());
            SSLContext.setVerify(pointer, SSL.SSL_CVERIFY_REQUIRED, DEPTH);
        } else {
            // Without one the library refuses every certificate.
            SSLContext.setCertVerifyCallback(pointer, new Accepting());
        }
    }

    @Override
    public TlsSide towards(String name) {
        return side(Optional.of(Identities.folded(name)));
    }

    @Override
    public TlsSide towardsAny() {
        return side(Optional.empty());
    }

    private TlsSide side(Optional<String> name) {
        Role.Client role = new Role.Client(name, servers);
        return (memory, turn) -> BoringSslStream.of(context, context.counted(), role, memory, turn, sessions);
    }

    @Override
    public void close() {
        sessions.close();
        context.counted().close();
    }

    private static final class Accepting extends CertificateVerifier {
        @Override
        public int verify(long ssl, byte[][] chain, String method) {
            return X509_V_OK;
        }
    }

    /** Keeps what targets give out, during the call in which it came. */
    private final class Sessions implements SSLSessionCache {
        @Override
        public boolean sessionCreated(long ssl, long session) {
            try {
                return context.stream(ssl).flatMap(BoringSslStream::expected)
                        .map(name -> sessions.keep(name, session)).orElse(false);
            } catch (RuntimeException fault) {
                // It would come out of whatever the stream does now; without the session nothing is lost.
                return false;
            }
        }

        @Override
        public long getSession(long ssl, byte[] id) {
            return -1;
        }
    }
}
