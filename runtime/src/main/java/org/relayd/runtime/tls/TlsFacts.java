package org.relayd.runtime.tls;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/** What two ends have agreed on. Each is asked for when it is wanted. */
public interface TlsFacts {

    /** Returns the version, as {@code TLSv1.3}. */
    String version();

    /** Returns the cipher, in the library's words. */
    String cipher();

    /** Returns the protocol that both ends chose (ALPN, RFC 7301), as {@code http/1.1}. */
    Optional<String> protocol();

    /** Returns the name that the client asked for (SNI, RFC 6066 3), in lower case and without a last dot. */
    Optional<String> serverName();

    /** Returns whether the secrets are those of a session before. */
    boolean isResumed();

    /** Returns the certificates of the other end, its own first; empty if it showed none or the session was resumed. */
    List<X509Certificate> peer();
}
