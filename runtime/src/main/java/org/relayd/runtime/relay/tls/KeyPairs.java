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
import org.relayd.runtime.tls.OctetString;
import org.relayd.runtime.tls.TlsException;
import org.relayd.runtime.tls.trust.CertificateNames;

/** Who a relay can be, from its files. */
final class KeyPairs {
    private KeyPairs() {}

    /**
     * Returns the identities of a relay, the default one first.
     *
     * @param files
     *            stay open until contexts are made of them
     * @throws TlsException
     *             if one is no good
     */
    static List<Identity> of(ServerTls tls, RelayFiles files) throws TlsException {
        List<Identity> all = new ArrayList<>();
        for (int i = 0; i < tls.keyPairs().size(); i++) {
            // Without keypairs the files are those of the listen address, which nobody asks for by name.
            Optional<String> name = tls.settings().keypairs().stream().skip(i).findFirst();
            all.add(identity(tls.keyPairs().get(i), name, files));
        }
        return all;
    }

    private static Identity identity(KeyPairFiles pair, Optional<String> name, RelayFiles files) throws TlsException {
        RelayFiles.Pair read = files.pair(pair);
        return new Identity(read.chain(), read.key().key(),
                pair.ocsp().map(staple -> new OctetString(files.known(staple))),
                names(pair.certificate(), read.chain().getFirst(), name));
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
}
