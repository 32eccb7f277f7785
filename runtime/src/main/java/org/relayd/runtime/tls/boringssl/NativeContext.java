package org.relayd.runtime.tls.boringssl;

import io.netty.internal.tcnative.SSLContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * An SSL_CTX and what its streams share. The library keeps bare pointers to it in each stream, so it is freed after the
 * last of them.
 */
final class NativeContext {
    private final long pointer;
    private final Census census;
    private final Counted counted = new Counted(this::free);
    private final List<Runnable> after = new ArrayList<>();
    private final Map<Long, BoringSslStream> streams = new ConcurrentHashMap<>();

    /** Takes an SSL_CTX over. */
    NativeContext(long pointer, Census census) {
        this.pointer = pointer;
        this.census = census;
        census.born(Census.Kind.CONTEXT);
    }

    /** Returns tcnative's struct around the SSL_CTX. */
    long pointer() {
        return pointer;
    }

    /** Returns where native objects are counted. */
    Census census() {
        return census;
    }

    /** Returns who holds it. */
    Counted counted() {
        return counted;
    }

    /** Has something freed after the SSL_CTX; before the context is used by others only. */
    void afterwards(Runnable free) {
        after.add(free);
    }

    /** Has a stream found by its SSL when the library calls back. */
    void enter(long ssl, BoringSslStream stream) {
        streams.put(ssl, stream);
    }

    /** Before the SSL is freed: its address may be another's then. */
    void leave(long ssl) {
        streams.remove(ssl);
    }

    /** Returns the stream of an SSL that the library calls back for. */
    Optional<BoringSslStream> stream(long ssl) {
        return Optional.ofNullable(streams.get(ssl));
    }

    private void free() {
        SSLContext.free(pointer);
        census.died(Census.Kind.CONTEXT);
        after.forEach(Runnable::run);
    }
}
