package org.relayd.runtime.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.relayd.ir.term.TlsVersion;
import org.relayd.runtime.tls.ServerPolicy.CommonPolicy;
import org.relayd.runtime.tls.TlsEngine.ClientContext;
import org.relayd.runtime.tls.TlsEngine.Context;
import org.relayd.runtime.tls.TlsStream.State;
import org.relayd.runtime.tls.trust.Authorities;
import org.relayd.runtime.tls.trust.CertificatePurpose;

/** Contexts and connections of an engine under test, closed after each test. */
public abstract class EngineFixture {
    /** Root of all certificates. */
    protected static final TestCertificates ROOT = TestCertificates.root("Contract Root");
    /** What servers are by default. */
    protected static final TestCertificates LEAF = ROOT.leaf("www.example.com");
    /** Cipher list of all tests that do not say otherwise. */
    protected static final String CIPHERS = "HIGH:!aNULL";

    /** Where verifications and signatures are made. */
    protected final JoinedEnds.Elsewhere elsewhere = new JoinedEnds.Elsewhere();
    private final List<Runnable> after = new ArrayList<>();

    /** Returns the engine under test. */
    protected abstract TlsEngine engine();

    /** Has something done after the test, last first. */
    protected void afterwards(Runnable close) {
        after.addFirst(close);
    }

    /** Does what is to be done after the test. */
    @AfterEach
    protected void closeAll() {
        after.forEach(Runnable::run);
        after.clear();
    }

    /** Returns the versions and groups of modern ends. */
    protected static CommonPolicy modern() {
        return common(TlsVersion.TLSV1_2, TlsVersion.TLSV1_3);
    }

    /** Returns a policy of some versions. */
    protected static CommonPolicy common(TlsVersion... versions) {
        return new CommonPolicy(Set.of(versions), CIPHERS, List.of());
    }

    /** Returns a server's policy with nothing special. */
    protected static ServerPolicy serving(CommonPolicy common, Identity... identities) {
        return new ServerPolicy(List.of(identities), common, true, Optional.empty(), false, Optional.empty(),
                List.of(), new OctetString(new byte[]{1}));
    }

    /** Returns who trusts {@link #ROOT}. */
    protected PeerVerifier trusting(CertificatePurpose purpose) {
        return new Authorities(List.of(ROOT.certificate()), purpose, elsewhere, InstantSource.system());
    }

    /** Makes a server's context that is closed after the test. */
    protected Context server(ServerPolicy policy) {
        try {
            Context context = engine().server(policy);
            afterwards(context::close);
            return context;
        } catch (TlsException refused) {
            throw new IllegalStateException(refused);
        }
    }

    /** Makes a server's context that is {@link #LEAF}. */
    protected Context server() {
        return server(serving(modern(), LEAF.identity()));
    }

    /** Makes a client's context that is closed after the test. */
    protected ClientContext client(CommonPolicy common, Optional<PeerVerifier> servers) {
        try {
            ClientContext context = engine().client(new ClientPolicy(common, servers));
            afterwards(context::close);
            return context;
        } catch (TlsException refused) {
            throw new IllegalStateException(refused);
        }
    }

    /** Makes a client's side that accepts everything. */
    protected TlsSide client() {
        return client(modern(), Optional.empty()).towards("www.example.com");
    }

    /** A connection that has been shaken. */
    protected record Connection(StreamEnd client, StreamEnd server, JoinedEnds ends) implements AutoCloseable {
        @Override
        public void close() {
            ends.close();
        }

        /** Carries bytes to the client. */
        public void echoOfServer() {
            server.send("still here".getBytes(StandardCharsets.UTF_8));
            ends.settle();
            assertEquals("still here", new String(client.received(), StandardCharsets.UTF_8));
        }

        /** Carries bytes both ways. */
        public void echo() {
            client.send("ping".getBytes(StandardCharsets.UTF_8));
            server.send("pong".getBytes(StandardCharsets.UTF_8));
            ends.settle();
            assertEquals("ping", new String(server.received(), StandardCharsets.UTF_8));
            assertEquals("pong", new String(client.received(), StandardCharsets.UTF_8));
        }
    }

    /** Connects two sides. */
    protected Connection connect(TlsSide client, TlsSide server) {
        StreamEnd one = new StreamEnd(client);
        StreamEnd other = new StreamEnd(server);
        JoinedEnds ends = new JoinedEnds(one, other, elsewhere);
        afterwards(ends::close);
        ends.shake();
        return new Connection(one, other, ends);
    }

    /** Connects an end of the JDK's library with a server. */
    protected StreamEnd connect(SslEngineEnd client, TlsSide server) {
        StreamEnd other = new StreamEnd(server);
        afterwards(other::release);
        new JoinedEnds(client, other, elsewhere).shake();
        return other;
    }

    /** Returns what an end has failed with, as {@code KIND text}. */
    protected static String failed(StreamEnd end) {
        assertEquals(State.FAILED, end.stream().state());
        TlsFailure failure = end.stream().failure().orElseThrow();
        return failure.kind() + " " + failure.text();
    }
}
