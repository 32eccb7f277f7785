package org.relayd.runtime.tls.jdk;

import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.relayd.ir.term.TlsVersion;
import org.relayd.ir.tls.CipherList;
import org.relayd.ir.tls.CipherSuite;
import org.relayd.ir.tls.KeyGroup;
import org.relayd.runtime.tls.ServerPolicy.CommonPolicy;
import org.relayd.runtime.tls.TlsException;

/** What holds for both sides, in the JDK's words. */
final class Parameters {
    /** Suites of TLS 1.3, which no list chooses. */
    private static final List<String> MODERN = List.of("TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256",
            "TLS_AES_128_GCM_SHA256");
    private static final Map<KeyGroup, String> GROUPS = Map.of(KeyGroup.X25519, "x25519", KeyGroup.P_256, "secp256r1",
            KeyGroup.P_384, "secp384r1", KeyGroup.P_521, "secp521r1", KeyGroup.X448, "x448");

    private Parameters() {}

    /**
     * Translates a policy. What the JDK does not have is left out while there is something else.
     *
     * @throws TlsException
     *             if nothing would be left
     */
    static SSLParameters of(CommonPolicy policy) throws TlsException {
        SSLParameters parameters = new SSLParameters();
        List<String> older = suites(policy.ciphers());
        List<String> protocols = new ArrayList<>();
        List<String> suites = new ArrayList<>();
        if (policy.versions().contains(TlsVersion.TLSV1_3)) {
            protocols.add("TLSv1.3");
            suites.addAll(MODERN);
        }
        if (policy.versions().contains(TlsVersion.TLSV1_2) && !older.isEmpty()) {
            protocols.add("TLSv1.2");
            suites.addAll(older);
        }
        if (protocols.isEmpty()) {
            throw new TlsException(policy.versions().contains(TlsVersion.TLSV1_2)
                    ? "the JDK has none of the ciphers " + policy.ciphers()
                    : "the JDK speaks TLS 1.2 and 1.3 only");
        }
        parameters.setProtocols(protocols.toArray(String[]::new));
        parameters.setCipherSuites(suites.toArray(String[]::new));
        if (!policy.groups().isEmpty()) {
            parameters.setNamedGroups(groups(policy.groups()));
        }
        return parameters;
    }

    private static List<String> suites(String list) throws TlsException {
        try {
            Set<String> known = Set.of(SSLContext.getDefault().getSupportedSSLParameters().getCipherSuites());
            return CipherList.read(list).suites().stream().map(CipherSuite::tlsName).filter(known::contains).toList();
        } catch (NoSuchAlgorithmException none) {
            throw new TlsException("the JDK has no TLS", none);
        }
    }

    private static String[] groups(List<String> wanted) throws TlsException {
        String[] known = wanted.stream().map(KeyGroup::named).flatMap(Optional::stream).filter(GROUPS::containsKey)
                .map(GROUPS::get).distinct().toArray(String[]::new);
        if (known.length == 0) {
            throw new TlsException("the JDK has none of the groups " + String.join(" ", wanted));
        }
        return known;
    }

    /** Copies parameters for a connection, which adds what is its own. */
    static SSLParameters copy(SSLParameters from) {
        SSLParameters copy = new SSLParameters(from.getCipherSuites(), from.getProtocols());
        copy.setNamedGroups(from.getNamedGroups());
        copy.setUseCipherSuitesOrder(from.getUseCipherSuitesOrder());
        copy.setNeedClientAuth(from.getNeedClientAuth());
        return copy;
    }
}
