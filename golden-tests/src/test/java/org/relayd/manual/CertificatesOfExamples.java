package org.relayd.manual;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.relayd.compiler.environment.FileEnvironment.Description;
import org.relayd.ir.config.CheckedConfig;
import org.relayd.ir.config.Relay;
import org.relayd.ir.config.TlsSettings;
import org.relayd.runtime.tls.TestCertificates;
import org.relayd.runtime.tls.TestCertificates.Wanted;

/** Makes the files of certificates and keys that a configuration names, good ones, so that it can be checked whole. */
final class CertificatesOfExamples {
    private static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");
    private static final Wanted GOOD = Wanted.of().between(Instant.parse("2026-01-01T00:00:00Z"),
            Instant.parse("2027-01-01T00:00:00Z"));

    private final TestCertificates root = TestCertificates.root("root", GOOD);
    private final Map<String, Optional<String>> files = new HashMap<>();

    private CertificatesOfExamples() {}

    /** Returns the machine with the files of certificates and keys that a configuration names, and no others. */
    static Description on(Description machine, CheckedConfig config) {
        CertificatesOfExamples made = new CertificatesOfExamples();
        config.relays().forEach(made::add);
        return new Description(machine.hosts(), machine.interfaces(), machine.groups(), Optional.of(made.files),
                machine.routingDomain(), Optional.of(NOW));
    }

    private void add(Relay relay) {
        TlsSettings tls = relay.protocol().tls();
        for (int i = 0; i < relay.keyPairs().size(); i++) {
            String name = tls.keypairs().isEmpty() ? relay.address().toString() : tls.keypairs().get(i);
            TestCertificates own = root.leaf(
                    new Wanted(List.of(name), GOOD.kind(), GOOD.from(), GOOD.until(), GOOD.purpose()));
            put(relay.keyPairs().get(i).certificate(), own.certificatePem() + root.certificatePem());
            put(relay.keyPairs().get(i).key(), own.keyPem());
        }
        tls.caFile().ifPresent(path -> put(path, root.certificatePem()));
        tls.clientCa().ifPresent(path -> put(path, root.certificatePem()));
        tls.caCert().ifPresent(path -> {
            TestCertificates inspecting = root.intermediate("inspection", GOOD);
            put(path, inspecting.certificatePem());
            tls.caKey().ifPresent(key -> put(key.path(), inspecting.keyPem()));
        });
    }

    private void put(String path, String text) {
        files.put(path, Optional.of(text));
    }
}
