package org.relayd.runtime.tls;

import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** Policies of tests. */
public final class TestPolicies {
    private TestPolicies() {}

    /** Returns the same server asking for certificates. */
    public static ServerPolicy asking(ServerPolicy of, PeerVerifier clients) {
        return new ServerPolicy(of.identities(), of.common(), of.serverPreference(), of.tickets(), of.sessionCache(),
                Optional.of(clients), of.protocols(), of.sessionContext());
    }

    /** Returns the same server with protocols. */
    public static ServerPolicy speaking(ServerPolicy of, String... protocols) {
        return new ServerPolicy(of.identities(), of.common(), of.serverPreference(), of.tickets(), of.sessionCache(),
                of.clients(), List.of(protocols), of.sessionContext());
    }

    /** Returns the same server with tickets. */
    public static ServerPolicy remembering(ServerPolicy of, TicketKeys keys) {
        return new ServerPolicy(of.identities(), of.common(), of.serverPreference(), Optional.of(keys), true,
                of.clients(), of.protocols(), of.sessionContext());
    }

    /** Returns the same server with tickets, for sessions of a kind. */
    public static ServerPolicy ticketing(ServerPolicy of, TicketKeys keys, int sessionContext) {
        return new ServerPolicy(of.identities(), of.common(), of.serverPreference(), Optional.of(keys),
                of.sessionCache(), of.clients(), of.protocols(), new OctetString(new byte[]{(byte) sessionContext}));
    }

    /** Returns the same server with a cache of sessions and without tickets. */
    public static ServerPolicy caching(ServerPolicy of) {
        return new ServerPolicy(of.identities(), of.common(), of.serverPreference(), Optional.empty(), true,
                of.clients(), of.protocols(), of.sessionContext());
    }

    /**
     * Returns who trusts one certificate.
     *
     * @param good
     *            the certificate
     * @param executor
     *            what it is looked at on
     */
    public static PeerVerifier only(X509Certificate good, Executor executor) {
        return new PeerVerifier() {
            @Override
            public void verify(List<X509Certificate> chain, Optional<String> name) throws CertificateException {
                if (!chain.getFirst().equals(good)) {
                    throw new CertificateException("certificate is not known to " + name.orElse("anybody"));
                }
            }

            @Override
            public List<X509Certificate> authorities() {
                return List.of(good);
            }

            @Override
            public Executor executor() {
                return executor;
            }
        };
    }

    /** Returns keys of tickets that stay. */
    public static TicketKeys ticketKeys() {
        OctetString key = new OctetString(new byte[16]);
        return new TicketKeys() {
            @Override
            public List<TicketKey> keys() {
                return List.of(new TicketKey(key, key, key));
            }

            @Override
            public Subscription follow(Consumer<List<TicketKey>> listener) {
                return () -> {};
            }
        };
    }
}
