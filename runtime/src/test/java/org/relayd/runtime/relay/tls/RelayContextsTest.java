package org.relayd.runtime.relay.tls;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.relayd.ir.config.Filter;
import org.relayd.ir.config.Protocol;
import org.relayd.ir.config.Relay.KeyPairFiles;
import org.relayd.ir.config.TlsSettings.CaKey;
import org.relayd.ir.config.TlsSettings;
import org.relayd.ir.plan.RelayDiff;
import org.relayd.ir.plan.RelayGraph;
import org.relayd.ir.plan.RelayPath;
import org.relayd.ir.term.Dialect;
import org.relayd.ir.term.TlsVersion;
import org.relayd.runtime.parent.HeldAuthority;
import org.relayd.runtime.parent.HeldKey;
import org.relayd.runtime.parent.KeyRights;
import org.relayd.runtime.relay.Paths;
import org.relayd.runtime.relay.session.RelayTls;
import org.relayd.runtime.tls.Identity;
import org.relayd.runtime.tls.LocalKey;
import org.relayd.runtime.tls.OctetString;
import org.relayd.runtime.tls.RotatingTicketKeys;
import org.relayd.runtime.tls.ServerPolicy;
import org.relayd.runtime.tls.TestCertificates;
import org.relayd.runtime.tls.TestCertificates.KeyForm;
import org.relayd.runtime.tls.TicketKeys;
import org.relayd.runtime.tls.TlsException;
import org.relayd.runtime.tls.pem.KeyText;

class RelayContextsTest {
    private static final TestCertificates ROOT = TestCertificates.root("Test Root");
    private static final TestCertificates WWW = ROOT.leaf("www.example.com", "*.example.org");
    private static final KeyPairFiles WWW_FILES = new KeyPairFiles("www.crt", "www.key", Optional.empty());

    private final Map<String, byte[]> files = new HashMap<>();
    private final RecordingLibrary library = new RecordingLibrary();
    private final AtomicLong now = new AtomicLong();
    private final RelayContexts contexts = new RelayContexts(new Held(), library::load, now::get);
    private final Set<HeldKey> openKeys = new HashSet<>();
    private RelayGraph running = new RelayGraph(1, List.of());

    /** Files in memory. */
    private final class Held implements KeyRights {
        @Override
        public byte[] readPublic(String path) throws IOException {
            return Optional.ofNullable(files.get(path)).orElseThrow(
                    () -> new IOException("No such file or directory")).clone();
        }

        @Override
        public HeldKey openKey(String path, X509Certificate fits) throws IOException {
            return new InMemory(key(path, Optional.empty(), fits), path);
        }

        @Override
        public HeldAuthority openAuthority(CaKey key, X509Certificate authority) throws IOException {
            return new InMemory(key(key.path(), Optional.of(key.password()), authority), key.path());
        }

        private LocalKey key(String path, Optional<String> password, X509Certificate fits) throws IOException {
            try {
                return KeyText.read(readPublic(path), password, fits.getPublicKey());
            } catch (TlsException refused) {
                throw new IOException(refused.getMessage(), refused);
            }
        }
    }

    /** A key that counts itself while it is open. */
    private final class InMemory implements HeldKey, HeldAuthority {
        private final LocalKey local;
        private final String print;

        InMemory(LocalKey local, String path) {
            this.local = local;
            print = new String(files.get(path), StandardCharsets.ISO_8859_1);
            openKeys.add(this);
        }

        @Override
        public Identity.Key key() {
            return new Identity.Key.Local(local);
        }

        @Override
        public byte[] sign(byte[] content) {
            throw new UnsupportedOperationException();
        }

        @Override
        public String print() {
            return print;
        }

        @Override
        public void close() {
            openKeys.remove(this);
            local.close();
        }
    }

    RelayContextsTest() {
        install("www", WWW);
    }

    private void install(String name, TestCertificates certificates) {
        write(name + ".crt", certificates.chainPem());
        write(name + ".key", certificates.keyPem());
    }

    private void write(String name, String text) {
        files.put(name, text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static TlsSettings settings() {
        return TlsSettings.defaults(Dialect.CURRENT);
    }

    private static TlsSettings with(boolean tickets, Optional<String> clientCa, List<String> keypairs) {
        TlsSettings plain = settings();
        return new TlsSettings(plain.versions(), plain.ciphers(), plain.ecdhe(), plain.edh(),
                plain.serverPreference(), false, tickets, plain.sessionCache(), Optional.empty(), Optional.empty(),
                Optional.empty(), clientCa, keypairs);
    }

    private static TlsSettings spoken(String ciphers, String groups, TlsVersion... versions) {
        TlsSettings plain = settings();
        return new TlsSettings(List.of(versions), ciphers, groups, plain.edh(), false, false, false,
                plain.sessionCache(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(),
                List.of());
    }

    private RelayContexts.Change prepare(Dialect dialect, RelayPath... paths) throws TlsException {
        RelayGraph next = new RelayGraph(1, List.of(paths));
        RelayContexts.Change change = contexts.prepare(next);
        change.make(RelayDiff.between(running, next, true, contexts.prints(), change.prints()), dialect);
        running = next;
        return change;
    }

    private RelayTls change(RelayPath path) throws TlsException {
        RelayContexts.Change change = prepare(Dialect.CURRENT, path);
        change.commit();
        return change.of(path);
    }

    private static Paths path() {
        return new Paths().to(80);
    }

    private ServerPolicy policy(TlsSettings settings) throws TlsException {
        change(path().tls(settings, WWW_FILES).build("www", 1));
        return library.servers.getLast();
    }

    @Test
    void libraryIsLoadedOnceAndNotForRelaysWithoutTls() throws Exception {
        assertEquals(RelayTls.none(), change(path().build("plain", 1)));
        assertEquals(0, library.loads);
        change(path().tls(settings(), WWW_FILES).build("www", 1));
        change(path().tls(settings(), WWW_FILES).withTls(settings()).build("www", 1));
        assertEquals(1, library.loads);
    }

    @Test
    void defaultsAreWhatIsSafe() throws Exception {
        ServerPolicy policy = policy(settings());
        assertEquals(Set.of(TlsVersion.TLSV1_2, TlsVersion.TLSV1_3), policy.common().versions());
        assertTrue(policy.common().ciphers().startsWith("ECDHE-ECDSA-AES128-GCM-SHA256:"));
        assertEquals(List.of("X25519MLKEM768", "X25519", "P-256", "P-384"), policy.common().groups());
        assertTrue(policy.serverPreference());
        assertFalse(policy.sessionCache());
        assertEquals(Optional.empty(), policy.tickets());
        assertEquals(Optional.empty(), policy.clients());
        assertEquals(32, policy.sessionContext().toArray().length);
    }

    @Test
    void wordsOfTheFileDecide() throws Exception {
        ServerPolicy policy = policy(spoken("ECDHE-RSA-AES256-GCM-SHA384", "prime256v1:X25519", TlsVersion.SSLV3,
                TlsVersion.TLSV1_0, TlsVersion.TLSV1_2));
        assertEquals(Set.of(TlsVersion.TLSV1_0, TlsVersion.TLSV1_2), policy.common().versions());
        assertEquals("ECDHE-RSA-AES256-GCM-SHA384", policy.common().ciphers());
        assertEquals(List.of("P-256", "X25519"), policy.common().groups());
        assertFalse(policy.serverPreference());
    }

    @Test
    void noVersionLeftIsRefused() {
        assertEquals("relay www: no version of TLS is left to speak",
                assertThrows(TlsException.class, () -> policy(spoken("HIGH", "default", TlsVersion.SSLV3)))
                        .getMessage());
        assertEquals(0, library.open);
    }

    @Test
    void sessionsOfOldDialectAreCachedUnlessDisabled() throws Exception {
        TlsSettings old = TlsSettings.defaults(Dialect.V5_1);
        prepare(Dialect.V5_1, path().tls(old, WWW_FILES).build("www", 1)).commit();
        assertTrue(library.servers.getLast().sessionCache());
        TlsSettings disabled = new TlsSettings(old.versions(), old.ciphers(), old.ecdhe(), old.edh(),
                old.serverPreference(), false, false, new TlsSettings.SessionCache(OptionalLong.empty(), false),
                Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), List.of());
        prepare(Dialect.V5_1, path().tls(disabled, WWW_FILES).build("www", 1)).commit();
        assertFalse(library.servers.getLast().sessionCache());
        assertEquals(Set.of(TlsVersion.TLSV1_2, TlsVersion.TLSV1_3), library.servers.getLast().common().versions());
    }

    @Test
    void protocolIsOfferedWhereHttpIsSpoken() throws Exception {
        assertEquals(List.of(), policy(settings()).protocols());
        change(path().tls(settings(), WWW_FILES).http(Protocol.HttpSettings.defaults(), Optional.empty(),
                new Filter.Rules(List.of())).build("www", 1));
        assertEquals(List.of("http/1.1"), library.servers.getLast().protocols());
    }

    @Test
    void identitiesComeInTheOrderOfTheFileWithTheirNames() throws Exception {
        install("rsa", ROOT.leaf(TestCertificates.Wanted.of("www.example.com").with(TestCertificates.KeyKind.RSA)));
        write("www.ocsp", "a staple");
        change(path().tls(with(false, Optional.empty(), List.of("WWW.example.net", "rsa")),
                new KeyPairFiles("www.crt", "www.key", Optional.of("www.ocsp")),
                new KeyPairFiles("rsa.crt", "rsa.key", Optional.empty())).build("www", 1));
        ServerPolicy policy = library.servers.getLast();
        assertEquals(List.of("www.example.com", "*.example.org", "www.example.net"),
                policy.identities().getFirst().names());
        assertEquals(WWW.chain(), policy.identities().getFirst().chain());
        assertEquals(Optional.of(new OctetString("a staple".getBytes(StandardCharsets.ISO_8859_1))),
                policy.identities().getFirst().staple());
        assertEquals("RSA", policy.identities().get(1).chain().getFirst().getPublicKey().getAlgorithm());
        assertEquals(Optional.empty(), policy.identities().get(1).staple());
    }

    @Test
    void keysAreThereForTheLibraryOnly() throws Exception {
        ServerPolicy policy = policy(settings());
        assertArrayEquals(WWW.keys().getPrivate().getEncoded(), library.keys.getFirst());
        var key = (Identity.Key.Local) policy.identities().getFirst().key();
        assertThrows(IllegalStateException.class, key.key()::pkcs8);
        assertEquals(Set.of(), openKeys);
    }

    @Test
    void clientsAndTargetsAreVerifiedByTheirBundles() throws Exception {
        write("clients.crt", ROOT.certificatePem());
        write("servers.crt", TestCertificates.root("Others").certificatePem() + ROOT.certificatePem());
        TlsSettings plain = settings();
        TlsSettings verifying = new TlsSettings(plain.versions(), plain.ciphers(), plain.ecdhe(), plain.edh(), true,
                false, false, plain.sessionCache(), Optional.of("servers.crt"), Optional.empty(), Optional.empty(),
                Optional.empty(), List.of());
        RelayTls tls = change(path().tls(with(false, Optional.of("clients.crt"), List.of()), WWW_FILES)
                .withTls(verifying).build("www", 1));
        assertEquals(List.of(ROOT.certificate()), library.servers.getLast().clients().orElseThrow().authorities());
        assertEquals(2, library.clients.getLast().servers().orElseThrow().authorities().size());
        assertEquals(Optional.of(library.servers.getLast().sessionContext()), tls.verified());
        assertTrue(tls.client().isPresent());
        assertEquals(List.of("X25519", "P-256", "P-384"), library.clients.getLast().common().groups());
        assertEquals(Optional.empty(), tls.inspection());
    }

    @Test
    void relayThatShowsCertificatesOfItsOwnAuthorityInspects() throws Exception {
        TestCertificates authority = TestCertificates.root("Inspector");
        write("ca.crt", authority.certificatePem());
        write("ca.key", authority.keyPem(KeyForm.ENCRYPTED_PKCS8));
        TlsSettings plain = settings();
        TlsSettings inspecting = new TlsSettings(plain.versions(), plain.ciphers(), plain.ecdhe(), plain.edh(), true,
                false, false, plain.sessionCache(), Optional.empty(), Optional.of("ca.crt"),
                Optional.of(new TlsSettings.CaKey("ca.key", TestCertificates.PASSWORD)), Optional.empty(), List.of());
        RelayPath path = path().tls(inspecting, WWW_FILES).withTls(inspecting).build("www", 1);
        RelayTls made = change(path);
        assertTrue(made.inspection().isPresent());
        assertEquals(1, openKeys.size());
        write("ca.key", ROOT.keyPem());
        assertEquals("relay www: ca.key: the key does not fit the certificate",
                assertThrows(TlsException.class, () -> change(path)).getMessage());
        assertEquals(2, library.open);
        made.close();
        assertEquals(Set.of(), openKeys);
        write("ca.crt", WWW.certificatePem());
        write("ca.key", WWW.keyPem());
        assertEquals("relay www: ca.crt: the certificate is not that of an authority",
                assertThrows(TlsException.class, () -> change(path)).getMessage());
        assertEquals(Set.of(), openKeys);
        assertEquals(0, library.open);
    }

    @Test
    void sessionContextIsThatOfRelayAndPolicy() throws Exception {
        OctetString first = policy(settings()).sessionContext();
        install("www", ROOT.leaf("www.example.com"));
        assertEquals(first, policy(settings()).sessionContext());
        change(path().tls(settings(), WWW_FILES).build("other", 1));
        assertNotEquals(first, library.servers.getLast().sessionContext());
        assertNotEquals(first, policy(spoken("HIGH", "default", TlsVersion.TLSV1_2)).sessionContext());
        write("clients.crt", ROOT.certificatePem());
        OctetString verified = policy(with(false, Optional.of("clients.crt"), List.of())).sessionContext();
        assertNotEquals(first, verified);
        write("clients.crt", TestCertificates.root("Others").certificatePem());
        assertNotEquals(verified, policy(with(false, Optional.of("clients.crt"), List.of())).sessionContext());
    }

    @Test
    void ticketKeysStayWithTheSessionContext() throws Exception {
        TicketKeys first = policy(with(true, Optional.empty(), List.of())).tickets().orElseThrow();
        List<TicketKeys.TicketKey> keys = first.keys();
        install("www", ROOT.leaf("www.example.com"));
        assertSame(first, policy(with(true, Optional.empty(), List.of())).tickets().orElseThrow());
        assertEquals(keys, first.keys());
        now.addAndGet(RotatingTicketKeys.RENEWAL.toNanos());
        contexts.turn();
        assertEquals(2, first.keys().size());
        change(path().build("www", 1));
        assertEquals(List.of(), first.keys());
    }

    @Test
    void changeThatIsRefusedOrAbandonedLeavesNothing() throws Exception {
        RelayPath www = path().tls(settings(), WWW_FILES).build("www", 1);
        change(www);
        RelayGraph before = running;
        write("www.crt", "");
        assertThrows(TlsException.class, () -> change(www));
        install("www", ROOT.leaf("www.example.com"));
        library.refuses = true;
        assertThrows(TlsException.class, () -> change(path().tls(settings(), WWW_FILES).withTls(settings())
                .build("www", 1)));
        assertEquals(1, library.open);
        library.refuses = false;
        prepare(Dialect.CURRENT, path().tls(with(true, Optional.empty(), List.of()), WWW_FILES).build("two", 1))
                .abandon();
        running = before;
        assertEquals(1, library.open);
        install("www", WWW);
        RelayContexts.Change same = prepare(Dialect.CURRENT, www);
        same.commit();
        assertEquals(RelayTls.none(), same.of(www));
        assertEquals(1, library.open);
        assertEquals(Set.of(), openKeys);
    }

    @Test
    void onlyTheRelayWhoseFilesChangedIsRekeyed() throws Exception {
        install("other", ROOT.leaf("other.example.com"));
        KeyPairFiles otherFiles = new KeyPairFiles("other.crt", "other.key", Optional.empty());
        Paths www = path().tls(settings(), WWW_FILES);
        Paths other = path().tls(settings(), otherFiles);
        Paths plain = path();
        prepare(Dialect.CURRENT, www.build("www", 1), other.build("other", 2), plain.build("plain", 3)).commit();
        install("other", ROOT.leaf("other.example.com"));
        RelayGraph next = new RelayGraph(1,
                List.of(plain.build("plain", 1), other.build("other", 2), www.build("www", 3)));
        RelayContexts.Change change = contexts.prepare(next);
        RelayDiff diff = RelayDiff.between(running, next, true, contexts.prints(), change.prints());
        assertEquals(
                List.of(new RelayDiff.Step.Kept(running.paths().get(2), next.paths().get(0)),
                        new RelayDiff.Step.Rekeyed(running.paths().get(1), next.paths().get(1)),
                        new RelayDiff.Step.Kept(running.paths().get(0), next.paths().get(2))),
                diff.steps());
        change.make(diff, Dialect.CURRENT);
        change.commit();
        assertEquals(3, library.servers.size());
        assertEquals(Set.of(next.paths().get(1).id(), next.paths().get(2).id()), contexts.prints().byRelay().keySet());
    }

    @Test
    void vanishedFileIsNamed() {
        files.remove("www.key");
        assertEquals("relay www: www.key: No such file or directory",
                assertThrows(TlsException.class, () -> policy(settings())).getMessage());
    }
}
