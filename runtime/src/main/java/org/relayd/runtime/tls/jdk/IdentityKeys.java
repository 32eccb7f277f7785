package org.relayd.runtime.tls.jdk;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.relayd.runtime.tls.Identity;
import org.relayd.runtime.tls.TlsException;

/**
 * Chooses who one is: by the name that a client asks for, an exact name before a wildcard, and among those by the kinds
 * of keys that it can verify. A name that nobody has, or none, gets the first identity and those that share a name with
 * it.
 *
 * <p>
 * When a ticket comes the JDK asks before it has read the name, whether the certificate is still that of the session:
 * sessions of other names are not resumed. Where there are to be no tickets the answer is no; that they are not given
 * out cannot be had, as a server of TLS 1.2 that promised one and kept quiet would be misunderstood.
 */
final class IdentityKeys extends X509ExtendedKeyManager {
    private final List<Identity> identities;
    private final List<PrivateKey> keys = new ArrayList<>();
    private final boolean tickets;

    /**
     * Takes the keys.
     *
     * @param tickets
     *            whether tickets are good for anything
     * @throws TlsException
     *             if a key is no good
     */
    IdentityKeys(List<Identity> identities, boolean tickets) throws TlsException {
        this.tickets = tickets;
        this.identities = identities;
        for (Identity identity : identities) {
            keys.add(PrivateKeys.of(identity));
        }
    }

    private List<Integer> candidates(Optional<String> name) {
        List<Integer> exact = name.map(this::having).orElse(List.of());
        if (!exact.isEmpty()) {
            return exact;
        }
        int dot = name.map(written -> written.indexOf('.')).orElse(-1);
        List<Integer> wild = dot < 0 ? List.of() : having("*" + name.orElseThrow().substring(dot));
        return wild.isEmpty() ? IntStream.range(0, identities.size()).filter(this::isDefault).boxed().toList() : wild;
    }

    private List<Integer> having(String name) {
        return IntStream.range(0, identities.size()).filter(at -> identities.get(at).names().contains(name)).boxed()
                .toList();
    }

    private boolean isDefault(int at) {
        return at == 0 || !Collections.disjoint(identities.get(at).names(), identities.getFirst().names());
    }

    @Override
    public String chooseEngineServerAlias(String kind, Principal[] issuers, SSLEngine engine) {
        Witness witness = Witness.of(engine);
        boolean ticket = engine.getHandshakeSession() == null;
        if (ticket && !tickets) {
            return null;
        }
        if (!ticket) {
            witness.seeCertificate();
        }
        return candidates(witness.name()).stream()
                .filter(at -> keys.get(at).getAlgorithm().equals(kind)).findFirst().map(String::valueOf).orElse(null);
    }

    @Override
    public X509Certificate[] getCertificateChain(String alias) {
        return identities.get(Integer.parseInt(alias)).chain().toArray(X509Certificate[]::new);
    }

    @Override
    public PrivateKey getPrivateKey(String alias) {
        return keys.get(Integer.parseInt(alias));
    }

    @Override
    public String[] getServerAliases(String kind, Principal[] issuers) {
        return new String[0];
    }

    @Override
    public String[] getClientAliases(String kind, Principal[] issuers) {
        return new String[0];
    }

    /** No client shows a certificate. */
    @Override
    public String chooseClientAlias(String[] kinds, Principal[] issuers, Socket socket) {
        return null;
    }

    @Override
    public String chooseServerAlias(String kind, Principal[] issuers, Socket socket) {
        return null;
    }
}
