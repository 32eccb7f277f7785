package org.relayd.runtime.relay.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.relayd.ir.config.Relay.KeyPairFiles;
import org.relayd.ir.config.TlsSettings;
import org.relayd.ir.plan.RelayDiff;
import org.relayd.ir.plan.RelayGraph;
import org.relayd.ir.plan.RelayPath;
import org.relayd.ir.term.Dialect;
import org.relayd.ir.term.TlsVersion;
import org.relayd.runtime.parent.local.LocalKeys;
import org.relayd.runtime.relay.Paths;
import org.relayd.runtime.tls.ClientPolicy;
import org.relayd.runtime.tls.JoinedEnds;
import org.relayd.runtime.tls.ServerPolicy.CommonPolicy;
import org.relayd.runtime.tls.StreamEnd;
import org.relayd.runtime.tls.TestCertificates;
import org.relayd.runtime.tls.TlsEngine;
import org.relayd.runtime.tls.TlsFailure;
import org.relayd.runtime.tls.TlsSide;
import org.relayd.runtime.tls.boringssl.BoringSsl;
import org.relayd.runtime.tls.boringssl.Engines;

/**
 * A ticket of a relay that lets everybody in, shown to one that asks for certificates, with the same name and the same
 * certificate (as in CVE-2025-23419 of nginx): it opens nothing.
 */
class ForeignTicketTest {
    private static final TestCertificates ROOT = TestCertificates.root("Test Root");

    private final BoringSsl library = Engines.make();

    @TempDir
    private Path folder;

    private String write(String name, String text) throws Exception {
        return Files.writeString(folder.resolve(name), text).toString();
    }

    private static TlsSettings settings(TlsVersion version, Optional<String> clientCa) {
        TlsSettings plain = TlsSettings.defaults(Dialect.CURRENT);
        return new TlsSettings(List.of(version), plain.ciphers(), plain.ecdhe(), plain.edh(), true, false, true,
                plain.sessionCache(), Optional.empty(), Optional.empty(), Optional.empty(), clientCa, List.of());
    }

    /** What a server says of one handshake. */
    private static String ask(TlsSide client, TlsSide server) {
        StreamEnd from = new StreamEnd(client);
        StreamEnd to = new StreamEnd(server);
        try (JoinedEnds joined = new JoinedEnds(from, to, new JoinedEnds.Elsewhere())) {
            joined.shake();
            Optional<TlsFailure> failure = to.stream().failure();
            if (failure.isPresent()) {
                return failure.get().text();
            }
            // The ticket of TLS 1.3 comes after the handshake.
            to.send("hello".getBytes(StandardCharsets.US_ASCII));
            joined.settle();
            assertEquals("hello", new String(from.received(), StandardCharsets.US_ASCII));
            return to.stream().facts().isResumed() ? "resumed" : "anew";
        }
    }

    @ParameterizedTest
    @EnumSource(value = TlsVersion.class, names = {"TLSV1_2", "TLSV1_3"})
    void aTicketIsGoodForItsOwnRelayOnly(TlsVersion version) throws Exception {
        TestCertificates own = ROOT.leaf("www.test");
        KeyPairFiles files = new KeyPairFiles(write("www.crt", own.chainPem()), write("www.key", own.keyPem()),
                Optional.empty());
        RelayPath open = new Paths().to(80).tls(settings(version, Optional.empty()), files).build("open", 1);
        RelayPath strict = new Paths().to(80)
                .tls(settings(version, Optional.of(write("root.pem", ROOT.certificatePem()))), files)
                .build("strict", 2);
        RelayContexts contexts = new RelayContexts(new LocalKeys(), () -> library, System::nanoTime);
        RelayGraph graph = new RelayGraph(1, List.of(open, strict));
        RelayContexts.Change change = contexts.prepare(graph);
        change.make(RelayDiff.between(new RelayGraph(1, List.of()), graph, true, contexts.prints(), change.prints()),
                Dialect.CURRENT);
        TlsEngine.ClientContext clients = library.client(new ClientPolicy(
                new CommonPolicy(Set.of(version), "HIGH", List.of()), Optional.empty(), true));
        TlsSide client = clients.towards("www.test");
        TlsSide everybody = change.of(open).server().orElseThrow();
        assertEquals("anew", ask(client, everybody));
        assertEquals("resumed", ask(client, everybody));
        assertEquals("no certificate", ask(client, change.of(strict).server().orElseThrow()));
        change.of(open).close();
        change.of(strict).close();
        clients.close();
        contexts.close();
        Engines.assertNothingIsLeft(library);
    }
}
