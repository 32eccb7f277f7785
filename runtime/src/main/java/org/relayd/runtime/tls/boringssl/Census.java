package org.relayd.runtime.tls.boringssl;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** How many native objects of an engine are alive: what a test looks at to find that nothing is left. Any thread. */
final class Census {
    private final Map<Kind, AtomicInteger> alive = new EnumMap<>(Kind.class);

    Census() {
        for (Kind kind : Kind.values()) {
            alive.put(kind, new AtomicInteger());
        }
    }

    /** Kinds of native objects. */
    enum Kind {
        /** SSL_CTX, with tcnative's part of it. */
        CONTEXT,
        /** SSL, with its BIO. */
        STREAM,
        /** SSL_CREDENTIAL, or a chain whose key is elsewhere. */
        CREDENTIAL,
        /** EVP_PKEY of libcrypto. */
        KEY,
        /** SSL_SESSION that a client may offer again. */
        SESSION
    }

    /** One more. */
    void born(Kind kind) {
        alive.get(kind).incrementAndGet();
    }

    /** One less. */
    void died(Kind kind) {
        alive.get(kind).decrementAndGet();
    }

    /** Returns how many there are. */
    int alive(Kind kind) {
        return alive.get(kind).get();
    }
}
