package org.relayd.runtime.tls.boringssl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.relayd.ir.term.TlsVersion;
import org.relayd.runtime.tls.EngineFixture;
import org.relayd.runtime.tls.OctetString;
import org.relayd.runtime.tls.ServerPolicy;
import org.relayd.runtime.tls.TestPolicies;
import org.relayd.runtime.tls.TicketKeys;
import org.relayd.runtime.tls.TlsEngine;
import org.relayd.runtime.tls.TlsEngine.ClientContext;
import org.relayd.runtime.tls.TlsEngine.Context;
import org.relayd.runtime.tls.TlsSide;
import org.relayd.runtime.tls.trust.CertificatePurpose;

/** Sessions that are resumed, and those that must not be. */
class BoringSslTicketsTest extends EngineFixture {
    private final BoringSsl engine = Engines.make();
    private final Keys keys = new Keys();

    @Override
    protected TlsEngine engine() {
        return engine;
    }

    @AfterEach
    void nothingIsLeft() {
        closeAll();
        Engines.assertNothingIsLeft(engine);
        assertEquals(List.of(), keys.listeners);
    }

    /** Keys that change when the test says. */
    private static final class Keys implements TicketKeys {
        private final List<Consumer<List<TicketKey>>> listeners = new ArrayList<>();
        private List<TicketKey> now = List.of(key(1));

        static TicketKey key(int number) {
            return new TicketKey(part(number), part(number + 100), part(number + 200));
        }

        private static OctetString part(int number) {
            byte[] octets = new byte[16];
            octets[3] = (byte) number;
            return new OctetString(octets);
        }

        @Override
        public List<TicketKey> keys() {
            return now;
        }

        @Override
        public Subscription follow(Consumer<List<TicketKey>> listener) {
            listeners.add(listener);
            return () -> listeners.remove(listener);
        }

        void change(TicketKey... others) {
            now = List.of(others);
            listeners.forEach(listener -> listener.accept(now));
        }
    }

    private ServerPolicy plain(TlsVersion version) {
        return serving(common(version), LEAF.identity());
    }

    private boolean isResumed(TlsSide client, Context server) {
        Connection made = connect(client, server);
        // A server of TLS 1.3 sends its tickets with the first bytes that it has to send.
        made.echo();
        boolean resumed = made.client().stream().facts().isResumed();
        assertEquals(resumed, made.server().stream().facts().isResumed());
        made.close();
        return resumed;
    }

    private TlsSide newClient() {
        return client(modern(), Optional.empty()).towards("www.example.com");
    }

    @ParameterizedTest
    @EnumSource(value = TlsVersion.class, names = {"TLSV1_2", "TLSV1_3"})
    void nothingIsResumedByDefault(TlsVersion version) {
        Context server = server(plain(version));
        TlsSide client = newClient();
        assertFalse(isResumed(client, server));
        assertFalse(isResumed(client, server));
        assertEquals(0, engine.census().alive(Census.Kind.SESSION));
    }

    @ParameterizedTest
    @EnumSource(value = TlsVersion.class, names = {"TLSV1_2", "TLSV1_3"})
    void ticketsOutliveTheirContext(TlsVersion version) {
        Context before = server(TestPolicies.ticketing(plain(version), keys, 1));
        TlsSide client = newClient();
        assertFalse(isResumed(client, before));
        assertTrue(isResumed(client, before));
        before.close();
        Context reloaded = server(TestPolicies.ticketing(plain(version), keys, 1));
        assertTrue(isResumed(client, reloaded));
    }

    @ParameterizedTest
    @EnumSource(value = TlsVersion.class, names = {"TLSV1_2", "TLSV1_3"})
    void sessionsOfAnotherPolicyAreNotResumed(TlsVersion version) {
        TlsSide client = newClient();
        assertFalse(isResumed(client, server(TestPolicies.ticketing(plain(version), keys, 1))));
        assertFalse(isResumed(client, server(TestPolicies.ticketing(plain(version), keys, 2))));
    }

    @ParameterizedTest
    @EnumSource(value = TlsVersion.class, names = {"TLSV1_2", "TLSV1_3"})
    void ticketsEndWithTheirKey(TlsVersion version) {
        Context server = server(TestPolicies.ticketing(plain(version), keys, 1));
        TlsSide client = newClient();
        assertFalse(isResumed(client, server));
        keys.change(Keys.key(2), Keys.key(1));
        assertTrue(isResumed(client, server));
        keys.change(Keys.key(2));
        assertTrue(isResumed(client, server), "the ticket was renewed");
        keys.change(Keys.key(3));
        assertFalse(isResumed(client, server));
        keys.change();
        assertFalse(isResumed(newClient(), server));
    }

    @Test
    void sessionsBelongToOneTarget() {
        Context server = server(TestPolicies.ticketing(plain(TlsVersion.TLSV1_3), keys, 1));
        ClientContext client = client(modern(), Optional.empty());
        assertFalse(isResumed(client.towards("www.example.com"), server));
        assertFalse(isResumed(client.towards("mail.example.com"), server));
        assertTrue(isResumed(client.towards("WWW.example.com."), server));
        assertFalse(isResumed(client.towardsAny(), server));
        assertFalse(isResumed(client.towardsAny(), server));
        assertFalse(isResumed(client(modern(), Optional.empty()).towards("www.example.com"), server));
    }

    @Test
    void sessionsOfVerifiedTargetsAreResumed() {
        Context server = server(TestPolicies.ticketing(plain(TlsVersion.TLSV1_3), keys, 1));
        TlsSide client = client(modern(), Optional.of(trusting(CertificatePurpose.SERVER))).towards("www.example.com");
        assertFalse(isResumed(client, server));
        assertTrue(isResumed(client, server));
    }

    @Test
    void sessionsOfOldVersionsMayBeRemembered() {
        Context server = server(TestPolicies.caching(plain(TlsVersion.TLSV1_2)));
        TlsSide client = newClient();
        assertFalse(isResumed(client, server));
        assertTrue(isResumed(client, server));
        assertTrue(isResumed(client, server));
        assertFalse(isResumed(client, server(TestPolicies.caching(plain(TlsVersion.TLSV1_2)))));
    }

    @Test
    void fewSessionsAreKept() {
        Context server = server(TestPolicies.ticketing(plain(TlsVersion.TLSV1_3), keys, 1));
        ClientContext client = client(modern(), Optional.empty());
        for (int i = 0; i < 5; i++) {
            Connection made = connect(client.towards("a.example.com"), server);
            made.echo();
            made.close();
        }
        assertEquals(SessionStore.EACH, engine.census().alive(Census.Kind.SESSION));
        client.close();
        assertEquals(0, engine.census().alive(Census.Kind.SESSION));
    }

    @Test
    void sessionsOfTargetsUsedLongAgoAreDropped() {
        Context server = server(TestPolicies.ticketing(plain(TlsVersion.TLSV1_2), keys, 1));
        ClientContext client = client(common(TlsVersion.TLSV1_2), Optional.empty());
        for (int i = 0; i < SessionStore.TARGETS + 3; i++) {
            connect(client.towards("t" + i), server).close();
        }
        assertEquals(SessionStore.TARGETS, engine.census().alive(Census.Kind.SESSION));
    }
}
