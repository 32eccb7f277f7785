package org.relayd.runtime.tls.jdk;

import java.security.cert.CertificateException;

/** Nobody could say whether a certificate is good: a fault of this end, not of the other. */
final class NoVerdictException extends CertificateException {
    private static final long serialVersionUID = 1;

    NoVerdictException(String text, Throwable cause) {
        super(text, cause);
    }
}
