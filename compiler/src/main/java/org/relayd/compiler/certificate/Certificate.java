package org.relayd.compiler.certificate;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;

/**
 * What can be known from one certificate alone. RFC 5280.
 *
 * @param names
 *            host names, wildcards and addresses that the first one of a file is for; empty for others
 * @param from
 *            when it begins to be good
 * @param until
 *            when it ends to be good
 * @param isAuthority
 *            whether it says that it may sign others
 * @param whole
 *            the whole of it
 */
public record Certificate(List<String> names, Instant from, Instant until, boolean isAuthority,
        X509Certificate whole) {

    /** Copies the list. */
    public Certificate {
        names = List.copyOf(names);
    }

    /** Returns whether it names itself as the one that has signed it. */
    public boolean isSelfIssued() {
        return isIssuedBy(this);
    }

    /** Returns whether it names another one as the one that has signed it. */
    public boolean isIssuedBy(Certificate other) {
        return whole.getIssuerX500Principal().equals(other.whole.getSubjectX500Principal());
    }

    /** Returns whether one of its names covers a host name. RFC 9525 6.3. */
    public boolean covers(String host) {
        return names.stream().anyMatch(name -> covers(name, host));
    }

    /** Returns whether its key signs with ECDSA, not with RSA. */
    public boolean hasCurve() {
        return whole.getPublicKey().getAlgorithm().equals("EC");
    }

    SubjectPublicKeyInfo key() {
        return SubjectPublicKeyInfo.getInstance(whole.getPublicKey().getEncoded());
    }

    private static boolean covers(String name, String host) {
        if (!name.startsWith("*.")) {
            return name.equalsIgnoreCase(host);
        }
        int dot = host.indexOf('.');
        return dot > 0 && host.substring(dot).equalsIgnoreCase(name.substring(1));
    }
}
