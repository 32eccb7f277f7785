package org.relayd.runtime.relay.session;

import java.util.Optional;
import org.relayd.runtime.tls.OctetString;
import org.relayd.runtime.tls.TlsEngine;
import org.relayd.runtime.tls.inspect.Inspection;

/**
 * How a relay speaks TLS. New certificates replace it while the relay and its sessions go on; who replaces it closes
 * the contexts of the old one, which live until their last connection has ended.
 *
 * @param server
 *            shakes hands with clients; empty if they do not speak TLS
 * @param client
 *            shakes hands with targets; empty if they do not speak TLS
 * @param verified
 *            session context of the policy that verifies certificates of clients; empty if they need none
 * @param inspection
 *            present if clients are shown certificates made after those of targets; both speak TLS then
 */
public record RelayTls(Optional<TlsEngine.Context> server, Optional<TlsEngine.ClientContext> client,
        Optional<OctetString> verified, Optional<Inspection> inspection) {

    /** The same without inspection. */
    public RelayTls(Optional<TlsEngine.Context> server, Optional<TlsEngine.ClientContext> client,
            Optional<OctetString> verified) {
        this(server, client, verified, Optional.empty());
    }

    /** Returns that of a relay without TLS. */
    public static RelayTls none() {
        return new RelayTls(Optional.empty(), Optional.empty(), Optional.empty());
    }

    /**
     * Returns whether a client whose connection began under another one may ask on it under this one. Who did not have
     * to show the certificate that is asked for now, or had it verified by others, has to come again; so has a client
     * of a relay that begins or ceases to speak TLS.
     */
    public boolean admits(RelayTls before) {
        return server.isPresent() == before.server.isPresent()
                && (verified.isEmpty() || verified.equals(before.verified));
    }

    /** No more connections speak TLS by it; those that do go on. The second call does nothing. */
    public void close() {
        server.ifPresent(TlsEngine.Context::close);
        client.ifPresent(TlsEngine.ClientContext::close);
        inspection.ifPresent(Inspection::close);
    }
}
