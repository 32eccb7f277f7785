package org.relayd.runtime.tls.boringssl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.relayd.ir.term.TlsVersion;
import org.relayd.runtime.tls.ClientPolicy;
import org.relayd.runtime.tls.EngineFixture;
import org.relayd.runtime.tls.Identity;
import org.relayd.runtime.tls.OctetString;
import org.relayd.runtime.tls.ServerPolicy;
import org.relayd.runtime.tls.ServerPolicy.CommonPolicy;
import org.relayd.runtime.tls.StreamEnd;
import org.relayd.runtime.tls.TestCertificates;
import org.relayd.runtime.tls.TlsEngine;
import org.relayd.runtime.tls.TlsEngine.ClientContext;
import org.relayd.runtime.tls.TlsEngine.Context;
import org.relayd.runtime.tls.TlsException;
import org.relayd.runtime.tls.TlsFacts;
import org.relayd.runtime.tls.TlsSide;
import org.relayd.runtime.tls.TlsStream.State;
import org.relayd.runtime.tls.boringssl.Census.Kind;

/** What policies become in the library, and when it is freed. */
class BoringSslContextTest extends EngineFixture {
    private final BoringSsl engine = Engines.make();

    @Override
    protected TlsEngine engine() {
        return engine;
    }

    @AfterEach
    void nothingIsLeft() {
        closeAll();
        Engines.assertNothingIsLeft(engine);
    }

    private static CommonPolicy only(TlsVersion version, String ciphers, String... groups) {
        return new CommonPolicy(Set.of(version), ciphers, List.of(groups));
    }

    private Connection connected(CommonPolicy client, CommonPolicy server) {
        return connect(client(client, Optional.empty()).towards("www.example.com"),
                server(serving(server, LEAF.identity())));
    }

    @Test
    void aLibraryThatIsMissingIsNamed() {
        Optional<String> missing = NativeLibrary.load("relayd_has_no_such_library");
        assertTrue(missing.orElse("").startsWith("cannot load relayd_has_no_such_library: "), missing::toString);
        assertTrue(missing.orElse("").indexOf('\n') < 0);
    }

    @Test
    void settingsThatDoNothingAreKnown() {
        assertTrue(engine.unheeded("edh").isPresent());
        assertTrue(engine.unheeded("client-renegotiation").isPresent());
        assertEquals(Optional.empty(), engine.unheeded("ciphers"));
        assertTrue(engine.name().contains("BoringSSL"), engine::name);
    }

    @ParameterizedTest
    @EnumSource(value = TlsVersion.class, names = {"TLSV1_0", "TLSV1_1", "TLSV1_2", "TLSV1_3"})
    void eachVersionIsSpokenIfItIsAskedForAndNotElse(TlsVersion version) {
        CommonPolicy all = common(TlsVersion.TLSV1_0, TlsVersion.TLSV1_1, TlsVersion.TLSV1_2, TlsVersion.TLSV1_3);
        connected(common(version), all).echo();
        connected(all, common(version)).echo();
        for (TlsVersion other : all.versions()) {
            if (other != version) {
                assertEquals(State.FAILED, connected(common(version), common(other)).client().stream().state());
            }
        }
    }

    @Test
    void firstVersionHasTwoNames() {
        assertEquals("TLSv1", connected(common(TlsVersion.TLSV1), common(TlsVersion.TLSV1_0)).server().stream().facts()
                .version());
    }

    @ParameterizedTest
    @CsvSource({"true,ECDHE-ECDSA-AES256-GCM-SHA384", "false,ECDHE-ECDSA-AES128-GCM-SHA256"})
    void serverOrClientPrefersACipher(boolean server, String chosen) {
        CommonPolicy ours = only(TlsVersion.TLSV1_2, "ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-ECDSA-AES128-GCM-SHA256");
        CommonPolicy theirs = only(TlsVersion.TLSV1_2, "ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES256-GCM-SHA384");
        ServerPolicy plain = serving(ours, LEAF.identity());
        ServerPolicy policy = new ServerPolicy(plain.identities(), ours, server, Optional.empty(), false,
                Optional.empty(), List.of(), plain.sessionContext());
        Connection made = connect(client(theirs, Optional.empty()).towardsAny(), server(policy));
        assertEquals(chosen, made.server().stream().facts().cipher());
    }

    @Test
    void endsWithoutACommonCipherFail() {
        Connection made = connected(only(TlsVersion.TLSV1_2, "ECDHE-RSA-AES128-GCM-SHA256"),
                only(TlsVersion.TLSV1_2, "HIGH"));
        assertEquals("PROTOCOL no shared cipher", failed(made.server()));
        assertEquals("ALERT alert handshake failure", failed(made.client()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"nonsense", "@SECLEVEL=2:HIGH", "HIGH:!HIGH", "kRSA", "AES128-SHA", "", ":::"})
    void ciphersThatLeaveNothingAreRefused(String ciphers) {
        TlsException refused = assertThrows(TlsException.class,
                () -> engine.server(serving(only(TlsVersion.TLSV1_2, ciphers), LEAF.identity())));
        assertTrue(refused.getMessage().startsWith("ciphers \"" + ciphers + "\": "), refused::getMessage);
        Engines.assertNothingIsLeft(engine);
        assertThrows(TlsException.class,
                () -> engine.client(new ClientPolicy(only(TlsVersion.TLSV1_2, ciphers), Optional.empty())));
    }

    @ParameterizedTest
    @ValueSource(strings = {"X25519MLKEM768", "x25519", "X25519", "secp256r1", "P-256", "prime256v1", "secp384r1",
            "secp521r1"})
    void groupsAreNamedAsInTls(String group) {
        connected(only(TlsVersion.TLSV1_3, CIPHERS, group), only(TlsVersion.TLSV1_3, CIPHERS, "P-384", group)).echo();
        String other = group.startsWith("secp3") ? "x25519" : "secp384r1";
        Connection none = connected(only(TlsVersion.TLSV1_3, CIPHERS, group), only(TlsVersion.TLSV1_3, CIPHERS, other));
        assertEquals(State.FAILED, none.server().stream().state());
    }

    @Test
    void groupsThatTheServerWantsAreAskedForAgain() {
        // HelloRetryRequest: the client's first share is of another group.
        connected(only(TlsVersion.TLSV1_3, CIPHERS, "x25519", "secp384r1"),
                only(TlsVersion.TLSV1_3, CIPHERS, "secp384r1")).echo();
    }

    @Test
    void unknownGroupsAreRefusedAndForgotten() {
        TlsException refused = assertThrows(TlsException.class, () -> engine
                .server(serving(only(TlsVersion.TLSV1_3, CIPHERS, "x25519", "brainpoolP256r1"), LEAF.identity())));
        assertEquals("group \"brainpoolP256r1\": the library does not know it", refused.getMessage());
        Engines.assertNothingIsLeft(engine);
        // The library keeps errors for whoever asks next on this thread.
        connect(client(), server()).echo();
    }

    @Test
    void keysThatDoNotFitAreRefused() {
        Identity mixed = new Identity(LEAF.chain(), ROOT.leaf("other").identity().key(), Optional.empty(), List.of());
        TlsException refused = assertThrows(TlsException.class,
                () -> engine.server(serving(modern(), LEAF.identity(), mixed)));
        assertEquals("certificate of CN=www.example.com: key values mismatch", refused.getMessage());
        Context base = server();
        assertThrows(TlsException.class, () -> engine.showing(base, mixed));
        connect(client(), base).echo();
    }

    @Test
    void contextLivesAsLongAsItsStreams() {
        Context server = server();
        ClientContext client = client(modern(), Optional.empty());
        Connection made = connect(client.towardsAny(), server);
        server.close();
        client.close();
        server.close();
        client.close();
        assertEquals(2, engine.census().alive(Kind.CONTEXT));
        made.echo();
        made.close();
        made.close();
        Engines.assertNothingIsLeft(engine);
        StreamEnd late = new StreamEnd(server);
        late.begin();
        assertEquals("INTERNAL the configuration has changed", failed(late));
        late.take(new byte[10]);
        late.finish();
        late.release();
        assertEquals("INTERNAL the configuration has changed", failed(new StreamEnd(client.towardsAny())));
        assertThrows(IllegalStateException.class, () -> engine.showing(server, LEAF.identity()));
    }

    @Test
    void nothingReachesTheLibraryAfterARelease() {
        Connection made = connect(client(), server());
        TlsFacts facts = made.client().stream().facts();
        assertEquals("TLSv1.3", facts.version());
        made.close();
        assertThrows(IllegalStateException.class, facts::version);
        assertThrows(IllegalStateException.class, facts::peer);
        assertThrows(IllegalStateException.class, () -> made.server().stream().facts().isResumed());
        assertThrows(IllegalStateException.class, () -> made.server().send(new byte[1]));
        made.client().begin();
        made.client().take(new byte[10]);
        made.client().finish();
        assertEquals(0, made.client().stream().produced());
    }

    @Test
    void callbackThatThrowsEndsTheHandshakeOnly() {
        engine.census().born(Kind.CREDENTIAL);
        ServerContext base = (ServerContext) server();
        // No credential at all: to offer it throws.
        Context broken = base.showing(new Material.Credential(0, true, engine.census()));
        afterwards(broken::close);
        Connection made = connect(client(), broken);
        assertEquals("INTERNAL internal error", failed(made.server()));
        assertEquals("ALERT alert internal error", failed(made.client()));
        connect(client(), base).echo();
    }

    @Test
    void sessionsNeedAContextThatTheLibraryTakes() {
        ServerPolicy plain = serving(modern(), LEAF.identity());
        ServerPolicy policy = new ServerPolicy(plain.identities(), modern(), true, Optional.empty(), false,
                Optional.empty(), List.of(), new OctetString(new byte[33]));
        assertThrows(IllegalArgumentException.class, () -> engine.server(policy));
    }

    @Test
    void shownCertificateKeepsItsBase() throws TlsException {
        Context base = server();
        Context shown = engine.showing(base, ROOT.leaf("shown.example.com").identity());
        base.close();
        Connection made = connect(client(), shown);
        shown.close();
        assertEquals(1, engine.census().alive(Kind.CREDENTIAL) - 1);
        made.echo();
        made.close();
    }

    @Test
    void flightsLargerThanTheMemoryFailTheConnectionOnly() {
        List<String> names = new ArrayList<>(List.of("www.example.com"));
        for (int i = 0; i < 900; i++) {
            names.add("a-rather-long-name-of-a-host-number-" + i + ".and-a-rather-long-domain.example.com");
        }
        TestCertificates large = ROOT.leaf(names.toArray(String[]::new));
        List<X509Certificate> chain = new ArrayList<>(large.chain());
        for (int i = 0; i < 5; i++) {
            chain.add(large.certificate());
        }
        Identity huge = new Identity(chain, large.identity().key(), Optional.empty(), List.of());
        Connection made = connect(client(), server(serving(modern(), huge)));
        assertTrue(failed(made.server()).startsWith("INTERNAL "), () -> failed(made.server()));
        connect(client(), server(serving(modern(), large.identity()))).echo();
    }

    @Test
    void strangeNamesAreNoNames() {
        StreamEnd client = new StreamEnd(client());
        afterwards(client::release);
        client.begin();
        byte[] hello = client.carry(Integer.MAX_VALUE);
        int at = new String(hello, StandardCharsets.ISO_8859_1).indexOf("www.example.com");
        TlsSide side = server();
        for (int octet = 1; octet < 256; octet++) {
            byte[] changed = hello.clone();
            for (int i = 0; i < 15; i++) {
                changed[at + i] = (byte) (octet + i * octet);
            }
            StreamEnd server = new StreamEnd(side);
            server.take(changed);
            assertTrue(server.stream().state() != State.OPEN);
            String name = server.stream().facts().serverName().orElse("");
            assertTrue(name.matches("[a-z0-9._-]*"), name);
            server.release();
        }
    }
}
