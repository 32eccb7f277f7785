package org.relayd.runtime.tls.boringssl;

import io.netty.internal.tcnative.CertificateVerifier;
import java.io.ByteArrayInputStream;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import org.relayd.runtime.tls.PeerVerifier;
import org.relayd.runtime.tls.TlsFailure;
import org.relayd.runtime.tls.TlsFailure.Kind;

/** The verification of what one other end shows. Runs on the executor of its verifier. */
final class Verification {
    /** Which one the library's task is for: it tells its SSL only, which may be freed by then. */
    private static final ScopedValue<Verification> CURRENT = ScopedValue.newInstance();

    private final PeerVerifier verifier;
    private final Optional<String> name;
    private volatile Optional<TlsFailure> failure = Optional.empty();

    Verification(PeerVerifier verifier, Optional<String> name) {
        this.verifier = verifier;
        this.name = name;
    }

    /** Asks the {@link Verification} whose task it is in. */
    static final class Verifier extends CertificateVerifier {
        @Override
        public int verify(long ssl, byte[][] chain, String method) {
            return CURRENT.isBound() ? CURRENT.get().verdict(chain) : X509_V_ERR_UNSPECIFIED;
        }
    }

    /**
     * Has the library's task verified and then somebody told.
     *
     * @param task
     *            calls {@link Verifier#verify}
     */
    void begin(Runnable task, Runnable done) {
        try {
            verifier.executor().execute(() -> {
                try {
                    ScopedValue.where(CURRENT, this).run(task);
                } finally {
                    done.run();
                }
            });
        } catch (RejectedExecutionException full) {
            failure = Optional.of(new TlsFailure(Kind.INTERNAL, "too many certificates to verify"));
            ScopedValue.where(CURRENT, this).run(task);
            done.run();
        }
    }

    /** Returns why the certificate is no good. */
    Optional<TlsFailure> failure() {
        return failure;
    }

    private int verdict(byte[][] chain) {
        if (failure.isPresent()) {
            return CertificateVerifier.X509_V_ERR_UNSPECIFIED;
        }
        List<X509Certificate> shown;
        try {
            shown = certificates(List.of(chain));
        } catch (CertificateException unreadable) {
            failure = Optional.of(new TlsFailure(Kind.CERTIFICATE, "certificate cannot be read"));
            return CertificateVerifier.X509_V_ERR_UNSPECIFIED;
        }
        try {
            verifier.verify(shown, name);
            return CertificateVerifier.X509_V_OK;
        } catch (CertificateException refused) {
            failure = Optional.of(new TlsFailure(Kind.CERTIFICATE, ErrorQueue.printable(refused.getMessage())));
            return alert(refused);
        } catch (RuntimeException fault) {
            failure = Optional.of(new TlsFailure(Kind.INTERNAL, "certificate cannot be verified"));
            return CertificateVerifier.X509_V_ERR_UNSPECIFIED;
        }
    }

    /** Chooses the error that the library has the alert for which the other end is to see. */
    private static int alert(CertificateException refused) {
        int error = CertificateVerifier.X509_V_ERR_CERT_REJECTED;
        for (Throwable cause = refused; cause != null; cause = cause.getCause()) {
            if (cause instanceof CertificateExpiredException || cause instanceof CertificateNotYetValidException) {
                return CertificateVerifier.X509_V_ERR_CERT_HAS_EXPIRED;
            }
            if (cause instanceof CertPathBuilderException || cause instanceof CertPathValidatorException) {
                error = CertificateVerifier.X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY;
            }
        }
        return error;
    }

    /** Reads certificates, DER each. */
    static List<X509Certificate> certificates(List<byte[]> chain) throws CertificateException {
        CertificateFactory factory = CertificateFactory.getInstance("X.509");
        List<X509Certificate> certificates = new ArrayList<>();
        for (byte[] one : chain) {
            certificates.add((X509Certificate) factory.generateCertificate(new ByteArrayInputStream(one)));
        }
        return certificates;
    }
}
