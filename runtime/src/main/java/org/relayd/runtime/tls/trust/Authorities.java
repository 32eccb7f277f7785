package org.relayd.runtime.tls.trust;

import java.security.GeneralSecurityException;
import java.security.cert.CertPath;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.PKIXCertPathBuilderResult;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;
import org.relayd.runtime.tls.OctetString;
import org.relayd.runtime.tls.PeerVerifier;

/**
 * Verifies certificates by a bundle of authorities: {@code ca file} and {@code client ca} in relayd.conf(5). What is
 * in the bundle is trusted, be it a root, an authority below one, or the certificate of the other end itself. Keys and
 * signatures that the JDK finds too weak (jdk.certpath.disabledAlgorithms) lead to no authority.
 */
public final class Authorities implements PeerVerifier {
    /** Certificates that another end may show. */
    static final int LONGEST_CHAIN = 10;
    /** How long a chain that was found good is not looked at again. */
    static final Duration MEMORY = Duration.ofMinutes(10);

    private final List<X509Certificate> authorities;
    private final Set<TrustAnchor> anchors;
    private final CertificatePurpose purpose;
    private final Executor executor;
    private final InstantSource clock;
    private final VerifiedChains verified = new VerifiedChains();

    /**
     * Trusts authorities.
     *
     * @param authorities
     *            at least one
     * @param purpose
     *            what certificates are shown for
     * @param executor
     *            what verifications run on; may refuse
     */
    public Authorities(List<X509Certificate> authorities, CertificatePurpose purpose, Executor executor,
            InstantSource clock) {
        this.authorities = List.copyOf(authorities);
        this.purpose = purpose;
        this.executor = executor;
        this.clock = clock;
        anchors = authorities.stream().map(authority -> new TrustAnchor(authority, null))
                .collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public List<X509Certificate> authorities() {
        return authorities;
    }

    @Override
    public Executor executor() {
        return executor;
    }

    @Override
    public void verify(List<X509Certificate> chain, Optional<String> name) throws CertificateException {
        if (chain.isEmpty()) {
            throw new CertificateException("no certificate");
        }
        if (chain.size() > LONGEST_CHAIN) {
            throw new CertificateException("more than " + LONGEST_CHAIN + " certificates");
        }
        X509Certificate own = chain.getFirst();
        checkPurpose(own);
        if (name.isPresent()) {
            checkName(own, name.get());
        }
        OctetString digest = VerifiedChains.digest(chain);
        Instant now = clock.instant();
        if (!verified.isGood(digest, now)) {
            verified.add(digest, verifyPath(chain, now));
        }
    }

    private void checkPurpose(X509Certificate own) throws CertificateException {
        List<String> purposes = Optional.ofNullable(own.getExtendedKeyUsage()).orElse(List.of(purpose.identifier()));
        String any = "2.5.29.37.0";
        if (!purposes.contains(purpose.identifier()) && !purposes.contains(any)) {
            throw new CertificateException("certificate is not for " + purpose.users());
        }
    }

    private static void checkName(X509Certificate own, String name) throws CertificateException {
        CertificateNames names = CertificateNames.of(own);
        if (!names.cover(name)) {
            throw new CertificateException(names.shown().map(other -> "certificate is for " + other)
                    .orElse("certificate is for no name"));
        }
    }

    /** Returns until when the result can be relied on. */
    private Instant verifyPath(List<X509Certificate> chain, Instant now) throws CertificateException {
        checkDates("certificate", chain.getFirst(), now);
        Instant until = earlier(now.plus(MEMORY), chain.getFirst());
        if (authorities.contains(chain.getFirst())) {
            return until;
        }
        try {
            for (Certificate certificate : build(chain, now).getCertificates()) {
                until = earlier(until, (X509Certificate) certificate);
            }
            return until;
        } catch (GeneralSecurityException refused) {
            for (X509Certificate above : chain.subList(1, chain.size())) {
                checkDates("certificate of its authority", above, now);
            }
            throw new CertificateException("unknown authority", refused);
        }
    }

    private CertPath build(List<X509Certificate> chain, Instant now) throws GeneralSecurityException {
        X509CertSelector target = new X509CertSelector();
        target.setCertificate(chain.getFirst());
        PKIXBuilderParameters parameters = new PKIXBuilderParameters(anchors, target);
        parameters.addCertStore(CertStore.getInstance("Collection",
                new CollectionCertStoreParameters(new LinkedHashSet<>(chain))));
        parameters.setRevocationEnabled(false);
        parameters.setMaxPathLength(LONGEST_CHAIN);
        parameters.setDate(Date.from(now));
        return ((PKIXCertPathBuilderResult) CertPathBuilder.getInstance("PKIX").build(parameters)).getCertPath();
    }

    private static Instant earlier(Instant limit, X509Certificate certificate) {
        Instant end = certificate.getNotAfter().toInstant();
        return end.isBefore(limit) ? end : limit;
    }

    private static void checkDates(String which, X509Certificate certificate, Instant now)
            throws CertificateException {
        try {
            certificate.checkValidity(Date.from(now));
        } catch (CertificateExpiredException expired) {
            throw new CertificateException(which + " has expired", expired);
        } catch (CertificateNotYetValidException early) {
            throw new CertificateException(which + " is not yet valid", early);
        }
    }
}
