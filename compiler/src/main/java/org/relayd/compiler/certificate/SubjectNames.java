package org.relayd.compiler.certificate;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.X509CertificateHolder;

/** The names that a certificate is for. RFC 5280 4.2.1.6. */
final class SubjectNames {
    private SubjectNames() {}

    /** Returns its host names, wildcards and addresses. Its common name is none of them: RFC 9525 2. */
    static List<String> of(X509CertificateHolder holder) {
        GeneralNames listed = GeneralNames.fromExtensions(holder.getExtensions(), Extension.subjectAlternativeName);
        if (listed == null) {
            return List.of();
        }
        List<String> names = new ArrayList<>();
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
