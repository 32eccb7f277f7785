package org.relayd.runtime.tls.inspect;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.relayd.runtime.tls.Identity;
import org.relayd.runtime.tls.OctetString;
import org.relayd.runtime.tls.TlsException;

/**
 * The certificates that an inspecting relay has made, kept for the next client of the same target: those used last, up
 * to a number and for a time. Never blocks: certificates are made elsewhere, each once, however many clients wait for
 * it. Any thread.
 */
public final class Leaves {
    /** Certificates that are kept. */
    public static final int MOST = 1000;
    /** Certificates that can be in the making, or wait for it. */
    public static final int MOST_UNDER_WAY = 256;
    /** How long one is kept. */
    public static final Duration STAY = Duration.ofHours(1);
    /** Certificates of targets above this size are not worth the memory; octets. */
    private static final int LARGEST = 16 * 1024;

    private final LeafMaker maker;
    private final Executor executor;
    private final LongSupplier nanos;
    private final Map<OctetString, Kept> kept = new LinkedHashMap<>(16, 0.75f, true);
    private final Map<OctetString, List<Consumer<Answer>>> underWay = new HashMap<>();
    private long made;

    /**
     * Keeps nothing yet.
     *
     * @param executor
     *            makes certificates; may refuse
     * @param nanos
     *            a clock such as {@link System#nanoTime}
     */
    public Leaves(LeafMaker maker, Executor executor, LongSupplier nanos) {
        this.maker = maker;
        this.executor = executor;
        this.nanos = nanos;
    }

    private record Kept(Identity identity, long since) {}

    /** What became of a wish. */
    public sealed interface Answer {

        /** The client can be shown this. */
        record Made(Identity identity) implements Answer {}

        /**
         * There will be none.
         *
         * @param text
         *            why, for the log
         */
        record Refused(String text) implements Answer {}
    }

    /**
     * Finds or makes what a client is shown in place of a target's certificate.
     *
     * @param answer
     *            gets it once: during the call, or later on another thread
     */
    public void find(X509Certificate target, Consumer<Answer> answer) {
        byte[] encoded;
        try {
            encoded = target.getEncoded();
        } catch (CertificateEncodingException broken) {
            answer.accept(new Answer.Refused("the certificate of the target cannot be read"));
            return;
        }
        // Names, key and dates are all in what is digested.
        OctetString digest = digest(encoded);
        switch (place(digest, answer)) {
            case Place.There(Identity identity) -> answer.accept(new Answer.Made(identity));
            case Place.Full() -> answer.accept(new Answer.Refused("too many certificates are being made"));
            case Place.Joined() -> {}
            case Place.First() -> begin(digest, encoded.length <= LARGEST, target);
        }
    }

    /** What a wish finds. */
    private sealed interface Place {

        /** The certificate. */
        record There(Identity identity) implements Place {}

        /** Others that wait for the same. */
        record Joined() implements Place {}

        /** Nobody yet. */
        record First() implements Place {}

        /** Too many who wait for others. */
        record Full() implements Place {}
    }

    private synchronized Place place(OctetString digest, Consumer<Answer> answer) {
        Optional<Kept> present = Optional.ofNullable(kept.get(digest));
        if (present.isPresent()) {
            if (nanos.getAsLong() - present.get().since < STAY.toNanos()) {
                return new Place.There(present.get().identity);
            }
            kept.remove(digest);
        }
        Optional<List<Consumer<Answer>>> waiting = Optional.ofNullable(underWay.get(digest));
        if (waiting.isPresent()) {
            waiting.get().add(answer);
            return new Place.Joined();
        }
        if (underWay.size() >= MOST_UNDER_WAY) {
            return new Place.Full();
        }
        underWay.put(digest, new ArrayList<>(List.of(answer)));
        return new Place.First();
    }

    private void begin(OctetString digest, boolean keep, X509Certificate target) {
        try {
            executor.execute(() -> tell(digest, keep, make(target)));
        } catch (RejectedExecutionException full) {
            tell(digest, false, new Answer.Refused("too many certificates are being made"));
        }
    }

    private Answer make(X509Certificate target) {
        try {
            return new Answer.Made(maker.make(target));
        } catch (TlsException refused) {
            return new Answer.Refused(refused.getMessage());
        }
    }

    private void tell(OctetString digest, boolean keep, Answer outcome) {
        settle(digest, keep, outcome).forEach(waiting -> waiting.accept(outcome));
    }

    private synchronized List<Consumer<Answer>> settle(OctetString digest, boolean keep, Answer outcome) {
        if (outcome instanceof Answer.Made(Identity identity)) {
            made++;
            if (keep) {
                kept.put(digest, new Kept(identity, nanos.getAsLong()));
                if (kept.size() > MOST) {
                    kept.remove(kept.keySet().iterator().next());
                }
            }
        }
        return underWay.remove(digest);
    }

    /** Wipes the keys: what was made cannot be shown any more, and no more is made. The second call does nothing. */
    public void close() {
        maker.close();
    }

    /** Returns how many certificates were made. */
    public synchronized long made() {
        return made;
    }

    private static OctetString digest(byte[] encoded) {
        try {
            return new OctetString(MessageDigest.getInstance("SHA-256").digest(encoded));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }
}
