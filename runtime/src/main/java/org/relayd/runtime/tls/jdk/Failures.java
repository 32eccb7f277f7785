package org.relayd.runtime.tls.jdk;

import java.security.cert.CertificateException;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.relayd.runtime.tls.TlsFailure;
import org.relayd.runtime.tls.TlsFailure.Kind;

/** What the JDK throws, as a failure. It is the one place that reads its texts: there is nothing else to read. */
final class Failures {
    private static final int LONGEST = 120;
    private static final String ALERT = "Received fatal alert: ";
    private static final String NO_CERTIFICATE = "Empty client certificate chain";

    private Failures() {}

    static TlsFailure of(Exception thrown) {
        String text = Optional.ofNullable(thrown.getMessage()).orElse(thrown.getClass().getSimpleName());
        Optional<CertificateException> refused = causes(thrown).filter(CertificateException.class::isInstance)
                .map(CertificateException.class::cast).findFirst();
        if (refused.isPresent()) {
            return new TlsFailure(refused.get() instanceof NoVerdictException ? Kind.INTERNAL : Kind.CERTIFICATE,
                    tidy(Optional.ofNullable(refused.get().getMessage()).orElse(text)));
        }
        if (text.contains(NO_CERTIFICATE)) {
            return new TlsFailure(Kind.CERTIFICATE, "no certificate was shown");
        }
        int alert = text.indexOf(ALERT);
        if (alert >= 0) {
            return new TlsFailure(Kind.ALERT,
                    tidy("alert " + text.substring(alert + ALERT.length()).replace('_', ' ')));
        }
        boolean ours = !(thrown instanceof SSLException);
        return new TlsFailure(ours ? Kind.INTERNAL : Kind.PROTOCOL, tidy(text));
    }

    private static Stream<Throwable> causes(Throwable thrown) {
        return Stream.iterate(Optional.of(thrown), Optional::isPresent,
                one -> one.map(Throwable::getCause)).flatMap(Optional::stream).limit(LONGEST);
    }

    /** {@code (handshake_failure) No appropriate protocol}: without the alert that was sent, as one short line. */
    private static String tidy(String text) {
        String words = text.replaceFirst("^\\([a-z_]+\\) ", "").replaceAll("[^ -~]+", " ").strip();
        if (words.length() > 1 && !Character.isUpperCase(words.charAt(1))) {
            words = words.substring(0, 1).toLowerCase(Locale.ROOT) + words.substring(1);
        }
        return words.length() > LONGEST ? words.substring(0, LONGEST) : words;
    }
}
