package org.relayd.ir.plan;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.relayd.ir.config.Relay.KeyPairFiles;
import org.relayd.ir.config.TlsSettings;
import org.relayd.ir.config.TlsSettings.CaKey;
import org.relayd.ir.plan.RelayNode.ServerTls;

/**
 * The files that a relay speaks TLS with.
 *
 * @param known
 *            what anybody may know: certificates, stapled OCSP responses, authorities
 * @param keys
 *            private keys of the certificates that clients are shown
 * @param authority
 *            private key of the authority that signs certificates for clients, if the relay inspects
 */
public record TlsFiles(List<String> known, List<String> keys, Optional<String> authority) {

    /** Copies the lists. */
    public TlsFiles {
        known = List.copyOf(known);
        keys = List.copyOf(keys);
    }

    /** Returns those of a relay; none if it speaks no TLS. */
    public static TlsFiles of(RelayPath path) {
        List<KeyPairFiles> pairs = path.listen().tls().map(ServerTls::keyPairs).orElse(List.of());
        Stream<String> shown = pairs.stream()
                .flatMap(pair -> Stream.concat(Stream.of(pair.certificate()), pair.ocsp().stream()));
        Optional<String> clients = path.listen().tls().flatMap(tls -> tls.settings().clientCa());
        Optional<String> servers = path.connect().tls().flatMap(TlsSettings::caFile);
        Optional<String> authority = inspecting(path).flatMap(TlsSettings::caCert);
        return new TlsFiles(
                Stream.concat(shown, Stream.of(clients, servers, authority).flatMap(Optional::stream)).toList(),
                pairs.stream().map(KeyPairFiles::key).toList(),
                inspecting(path).flatMap(TlsSettings::caKey).map(CaKey::path));
    }

    /** Returns the settings of the authority that clients are shown certificates of, if a relay inspects. */
    public static Optional<TlsSettings> inspecting(RelayPath path) {
        return path.connect().tls().filter(tls -> path.listen().tls().isPresent() && tls.caCert().isPresent()
                && tls.caKey().isPresent());
    }
}
