package org.relayd.compiler.certificate;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x500.style.IETFUtils;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;

/**
 * What can be known from one certificate alone. RFC 5280.
 *
 * @param names
 *            host names, wildcards and addresses that it is for; the common name if it has no such list
 * @param from
 *            when it begins to be good
 * @param until
 *            when it ends to be good
 * @param authority
 *            whether it may sign others; empty if it does not say
 * @param holder
 *            the whole of it
 */
public record Certificate(List<String> names, Instant from, Instant until, Optional<Boolean> authority,
        X509CertificateHolder holder) {

    /** Copies the list. */
    public Certificate {
        names = List.copyOf(names);
    }

    /**
     * Takes a certificate apart.
     *
     * @throws RuntimeException
     *             of any kind, if it is damaged
     */
    static Certificate of(X509CertificateHolder holder) {
        BasicConstraints constraints = BasicConstraints.fromExtensions(holder.getExtensions());
        return new Certificate(names(holder), holder.getNotBefore().toInstant(), holder.getNotAfter().toInstant(),
                Optional.ofNullable(constraints).map(BasicConstraints::isCA), holder);
    }

    /** Returns whether it names itself as the one that has signed it. */
    public boolean isSelfIssued() {
        return isIssuedBy(this);
    }

    /** Returns whether it names another one as the one that has signed it. */
    public boolean isIssuedBy(Certificate other) {
        return holder.getIssuer().equals(other.holder.getSubject());
    }

    /** Returns whether one of its names covers a host name. RFC 9525 6.3. */
    public boolean covers(String host) {
        return names.stream().anyMatch(name -> covers(name, host));
    }

    SubjectPublicKeyInfo key() {
        return holder.getSubjectPublicKeyInfo();
    }

    private static boolean covers(String name, String host) {
        if (!name.startsWith("*.")) {
            return name.equalsIgnoreCase(host);
        }
        int dot = host.indexOf('.');
        return dot > 0 && host.substring(dot).equalsIgnoreCase(name.substring(1));
    }

    private static List<String> names(X509CertificateHolder holder) {
        GeneralNames listed = GeneralNames.fromExtensions(holder.getExtensions(), Extension.subjectAlternativeName);
        List<String> names = new ArrayList<>();
        if (listed == null) {
            for (RDN part : holder.getSubject().getRDNs(BCStyle.CN)) {
                names.add(IETFUtils.valueToString(part.getFirst().getValue()));
            }
            return names;
        }
        for (GeneralName name : listed.getNames()) {
            switch (name.getTagNo()) {
                case GeneralName.dNSName -> names.add(name.getName().toString());
                case GeneralName.iPAddress -> names.add(address(name));
                default -> {
                    // Mail addresses and the like are nobody's host name.
                }
            }
        }
        return names;
    }

    private static String address(GeneralName name) {
        try {
            return InetAddress.getByAddress(ASN1OctetString.getInstance(name.getName()).getOctets()).getHostAddress();
        } catch (UnknownHostException strange) {
            throw new IllegalArgumentException("no address", strange);
        }
    }
}
