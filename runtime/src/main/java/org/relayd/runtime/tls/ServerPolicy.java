package org.relayd.runtime.tls;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.relayd.ir.term.TlsVersion;

/**
 * How clients are spoken with. relayd.conf(5): tls options.
 *
 * @param identities
 *            who one is; the first one by default, the others by the name that a client asks for; never empty
 * @param common
 *            what holds for both sides
 * @param serverPreference
 *            whether the order of the ciphers here decides
 * @param tickets
 *            keys of session tickets; empty if none are given out
 * @param sessionCache
 *            whether sessions of TLS 1.2 are remembered here
 * @param clients
 *            who verifies the certificates that clients must show; empty if they need none
 * @param protocols
 *            protocols to choose from, in order (ALPN); a client that offers none of them is served all the same
 * @param sessionContext
 *            1 to 32 octets that sessions belong to: none is resumed under a policy with other ones
 */
public record ServerPolicy(List<Identity> identities, CommonPolicy common, boolean serverPreference,
        Optional<TicketKeys> tickets, boolean sessionCache, Optional<PeerVerifier> clients, List<String> protocols,
        OctetString sessionContext) {

    /** Copies the lists. */
    public ServerPolicy {
        identities = List.copyOf(identities);
        protocols = List.copyOf(protocols);
    }

    /**
     * What holds for both sides.
     *
     * @param versions
     *            that may be spoken, of {@code TLSV1_0} to {@code TLSV1_3}; never empty
     * @param ciphers
     *            list for versions below 1.3 in the syntax of openssl-ciphers(1); may be empty if none is spoken
     * @param groups
     *            for key exchange, by their TLS names, best first; empty for the library's choice
     */
    public record CommonPolicy(Set<TlsVersion> versions, String ciphers, List<String> groups) {
        /** Copies the collections. */
        public CommonPolicy {
            versions = Set.copyOf(versions);
            groups = List.copyOf(groups);
        }
    }
}
