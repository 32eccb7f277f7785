package org.relayd.runtime.tls.jdk;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.SNIMatcher;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.StandardConstants;

/** What is learned within one handshake, by a matcher of names that lets every name pass: an engine leads to it. */
final class Witness extends SNIMatcher {
    private volatile Optional<String> name = Optional.empty();
    private volatile boolean whole;

    Witness() {
        super(StandardConstants.SNI_HOST_NAME);
    }

    /** Returns the one of an engine. */
    static Witness of(SSLEngine engine) {
        Collection<SNIMatcher> matchers = engine.getSSLParameters().getSNIMatchers();
        return matchers.stream().filter(Witness.class::isInstance).map(Witness.class::cast).findFirst().orElseThrow();
    }

    @Override
    public boolean matches(SNIServerName asked) {
        String text = new String(asked.getEncoded(), StandardCharsets.UTF_8).toLowerCase(Locale.ROOT);
        name = Optional.of(text.endsWith(".") ? text.substring(0, text.length() - 1) : text);
        return true;
    }

    /** Returns the name that the client asks for, in lower case and without a last dot. */
    Optional<String> name() {
        return name;
    }

    /** Certificates are used: no session is resumed. */
    void seeCertificate() {
        whole = true;
    }

    boolean sawCertificate() {
        return whole;
    }
}
