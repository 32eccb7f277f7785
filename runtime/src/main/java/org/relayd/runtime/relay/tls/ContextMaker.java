package org.relayd.runtime.relay.tls;

import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.relayd.ir.config.TlsSettings;
import org.relayd.ir.plan.RelayNode;
import org.relayd.ir.plan.RelayNode.ServerTls;
import org.relayd.ir.plan.RelayPath;
import org.relayd.ir.plan.TlsFiles;
import org.relayd.ir.term.Dialect;
import org.relayd.ir.tls.KeyGroup;
import org.relayd.ir.tls.TlsOffer;
import org.relayd.runtime.relay.session.RelayTls;
import org.relayd.runtime.tls.ClientPolicy;
import org.relayd.runtime.tls.OctetString;
import org.relayd.runtime.tls.PeerVerifier;
import org.relayd.runtime.tls.ServerPolicy;
import org.relayd.runtime.tls.ServerPolicy.CommonPolicy;
import org.relayd.runtime.tls.TlsEngine;
import org.relayd.runtime.tls.TlsException;
import org.relayd.runtime.tls.inspect.Inspection;
import org.relayd.runtime.tls.inspect.LeafAuthority;
import org.relayd.runtime.tls.inspect.LeafMaker;
import org.relayd.runtime.tls.inspect.Leaves;
import org.relayd.runtime.tls.pem.CertificateText;
import org.relayd.runtime.tls.trust.Authorities;
import org.relayd.runtime.tls.trust.CertificatePurpose;

/**
 * Makes the contexts of one relay: policies from the words of relayd.conf(5) and what stands in the files.
 *
 * @param engine
 *            the library, loaded by the first call
 * @param forClients
 *            what verifies the certificates of clients; may refuse
 * @param forTargets
 *            what verifies those of targets, and makes others in their place; may refuse
 * @param tickets
 *            ticket keys of all relays
 * @param nanos
 *            a clock such as {@link System#nanoTime}
 */
record ContextMaker(Supplier<TlsEngine> engine, Executor forClients, Executor forTargets, TicketStock tickets,
        LongSupplier nanos) {
    /** Groups where none are written: what is recorded today is not to be read by quantum computers one day. */
    private static final List<KeyGroup> TO_CLIENTS = List.of(KeyGroup.X25519MLKEM768, KeyGroup.X25519,
            KeyGroup.P_256, KeyGroup.P_384);
    /** Offering that to targets takes a hello of two segments, which old servers cannot read. */
    private static final List<KeyGroup> TO_TARGETS = List.of(KeyGroup.X25519, KeyGroup.P_256, KeyGroup.P_384);

    /**
     * Makes the contexts. Blocks.
     *
     * @throws TlsException
     *             if something is no good; then nothing is left
     */
    RelayContext make(RelayPath path, Dialect dialect, RelayFiles files) throws TlsException {
        Optional<TlsEngine.Context> server = Optional.empty();
        Optional<TlsEngine.ClientContext> client = Optional.empty();
        try {
            Optional<PeerVerifier> clients = clients(path, files);
            Optional<OctetString> sessions = path.listen().tls()
                    .map(tls -> SessionContext.of(path.name(), TlsOffer.of(tls.settings()), clients));
            if (sessions.isPresent()) {
                server = Optional.of(server(path, dialect, files, clients, sessions.get()));
            }
            if (path.connect().tls().isPresent()) {
                client = Optional.of(engine.get().client(client(path, path.connect().tls().get(), files)));
            }
            RelayTls tls = new RelayTls(server, client, clients.flatMap(_ -> sessions), inspection(path, files));
            return new RelayContext(tls, files.print(), sessions);
        } catch (TlsException | RuntimeException refused) {
            server.ifPresent(TlsEngine.Context::close);
            client.ifPresent(TlsEngine.ClientContext::close);
            throw refused;
        }
    }

    private TlsEngine.Context server(RelayPath path, Dialect dialect, RelayFiles files,
            Optional<PeerVerifier> clients, OctetString sessions) throws TlsException {
        ServerTls tls = path.listen().tls().orElseThrow();
        TlsSettings settings = tls.settings();
        boolean cache = dialect == Dialect.V5_1 && settings.sessionCache().enabled();
        return engine.get().server(new ServerPolicy(KeyPairs.of(tls, files), common(settings, TO_CLIENTS),
                settings.serverPreference(),
                settings.tickets() ? Optional.of(tickets.of(sessions)) : Optional.empty(), cache, clients,
                protocols(path.inspect()), sessions));
    }

    private static List<String> protocols(RelayNode.Inspect inspect) {
        return switch (inspect) {
            case RelayNode.Inspect.Http _ -> List.of("http/1.1");
            case RelayNode.Inspect.Copy() -> List.of();
            case RelayNode.Inspect.Dns _ -> List.of();
        };
    }

    private static CommonPolicy common(TlsSettings settings, List<KeyGroup> groups) throws TlsException {
        TlsOffer offer = TlsOffer.of(settings);
        if (offer.versions().isEmpty()) {
            throw new TlsException("no version of TLS is left to speak");
        }
        return new CommonPolicy(offer.versions(), offer.cipherText(),
                (offer.groups().isEmpty() ? groups : offer.groups()).stream().map(KeyGroup::word).toList());
    }

    private Optional<PeerVerifier> clients(RelayPath path, RelayFiles files) throws TlsException {
        Optional<String> bundle = path.listen().tls().flatMap(tls -> tls.settings().clientCa());
        return bundle.isEmpty() ? Optional.empty()
                : Optional.of(authorities(bundle.get(), CertificatePurpose.CLIENT, files));
    }

    private ClientPolicy client(RelayPath path, TlsSettings settings, RelayFiles files) throws TlsException {
        Optional<String> bundle = settings.caFile();
        // Who inspects wants to see the certificate that the target has now.
        boolean resumes = TlsFiles.inspecting(path).isEmpty();
        return new ClientPolicy(common(settings, TO_TARGETS), bundle.isEmpty() ? Optional.empty()
                : Optional.of(authorities(bundle.get(), CertificatePurpose.SERVER, files)), resumes);
    }

    private PeerVerifier authorities(String bundle, CertificatePurpose purpose, RelayFiles files)
            throws TlsException {
        return new Authorities(CertificateText.read(bundle, files.known(bundle)), purpose, switch (purpose) {
            case CLIENT -> forClients;
            case SERVER -> forTargets;
        }, InstantSource.system());
    }

    private Optional<Inspection> inspection(RelayPath path, RelayFiles files) throws TlsException {
        Optional<TlsSettings> settings = TlsFiles.inspecting(path);
        if (settings.isEmpty()) {
            return Optional.empty();
        }
        LeafAuthority authority = files.takeAuthority(settings.get().caCert().orElseThrow());
        return Optional.of(new Inspection(engine.get(), new Leaves(new LeafMaker(authority), forTargets, nanos)));
    }
}
