package org.relayd.runtime.relay.tls;

import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.relayd.ir.config.Relay.KeyPairFiles;
import org.relayd.ir.plan.RelayNode.ServerTls;
import org.relayd.runtime.tls.Identity;
import org.relayd.runtime.tls.LocalKey;
import org.relayd.runtime.tls.OctetString;
import org.relayd.runtime.tls.TlsException;
import org.relayd.runtime.tls.pem.CertificateText;
import org.relayd.runtime.tls.pem.KeyText;
import org.relayd.runtime.tls.trust.CertificateNames;

/** Who a relay can be, from its files, until its contexts are made. Closing it wipes the keys. */
final class KeyPairs implements AutoCloseable {
    private final List<Identity> all = new ArrayList<>();
    private final List<LocalKey> keys = new ArrayList<>();

    private KeyPairs() {}

    /**
     * Reads the pairs of a relay.
     *
     * @throws TlsException
     *             if one is no good
     */
    static KeyPairs of(ServerTls tls, RelayFiles files) throws TlsException {
        KeyPairs pairs = new KeyPairs();
        try {
            for (int i = 0; i < tls.keyPairs().size(); i++) {
                // Without keypairs the files are those of the listen address, which nobody asks for by name.
                Optional<String> name = tls.settings().keypairs().stream().skip(i).findFirst();
                pairs.add(tls.keyPairs().get(i), name, files);
            }
            return pairs;
        } catch (TlsException refused) {
            pairs.close();
            throw refused;
        }
    }

    private void add(KeyPairFiles pair, Optional<String> name, RelayFiles files) throws TlsException {
        List<X509Certificate> chain = CertificateText.read(pair.certificate(), files.known(pair.certificate()));
        LocalKey key = KeyText.read(pair.key(), files.secret(pair.key()), Optional.empty(),
                chain.getFirst().getPublicKey());
        keys.add(key);
        all.add(new Identity(chain, new Identity.Key.Local(key),
                pair.ocsp().map(staple -> new OctetString(files.known(staple))),
                names(pair.certificate(), chain.getFirst(), name)));
    }

    private static List<String> names(String file, X509Certificate certificate, Optional<String> keypair)
            throws TlsException {
        try {
            List<String> names = new ArrayList<>(CertificateNames.of(certificate).hosts());
            keypair.map(name -> name.toLowerCase(Locale.ROOT)).filter(name -> !names.contains(name))
                    .ifPresent(names::add);
            return names;
        } catch (CertificateException damaged) {
            throw new TlsException(file + ": the names of the certificate cannot be read", damaged);
        }
    }

    /** Returns them, the default one first. */
    List<Identity> all() {
        return all;
    }

    @Override
    public void close() {
        keys.forEach(LocalKey::close);
        keys.clear();
    }
}
