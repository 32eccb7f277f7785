package org.relayd.compiler.certificate;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** The names that a certificate is for. RFC 5280 4.2.1.6. */
final class SubjectNames {
    private static final int HOST = 2;
    private static final int ADDRESS = 7;

    private SubjectNames() {}

    /** Returns its host names, wildcards and addresses. Its common name is none of them: RFC 9525 2. */
    static List<String> of(X509Certificate certificate) throws CertificateParsingException {
        Collection<List<?>> listed = Optional.ofNullable(certificate.getSubjectAlternativeNames()).orElse(List.of());
        List<String> names = new ArrayList<>();
        for (List<?> name : listed) {
            if (name.get(0).equals(HOST) || name.get(0).equals(ADDRESS)) {
                names.add(name.get(1).toString());
            }
        }
        return names;
    }
}
