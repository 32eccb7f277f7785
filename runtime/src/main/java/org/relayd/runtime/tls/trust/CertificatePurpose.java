package org.relayd.runtime.tls.trust;

/** What a certificate is shown for. RFC 5280, 4.2.1.12. */
public enum CertificatePurpose {
    /** By a server. */
    SERVER("1.3.6.1.5.5.7.3.1", "servers"),
    /** By a client. */
    CLIENT("1.3.6.1.5.5.7.3.2", "clients");

    private final String identifier;
    private final String users;

    CertificatePurpose(String identifier, String users) {
        this.identifier = identifier;
        this.users = users;
    }

    String identifier() {
        return identifier;
    }

    String users() {
        return users;
    }
}
