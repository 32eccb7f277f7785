package org.relayd.runtime.parent.remote;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.relayd.runtime.parent.Rights;

/** An answer that a test waits for; given once, or the test fails. */
final class KeptAnswer<T> implements Rights.Answer<T> {
    private final CompletableFuture<T> outcome = new CompletableFuture<>();
    private final AtomicInteger times = new AtomicInteger();

    @Override
    public void given(T value) {
        times.incrementAndGet();
        outcome.complete(value);
    }

    @Override
    public void refused(IOException reason) {
        times.incrementAndGet();
        outcome.completeExceptionally(reason);
    }

    /** Waits for it. */
    T value() throws Exception {
        return outcome.get(10, TimeUnit.SECONDS);
    }

    /** Waits for it, or throws the refusal. */
    T valueOrRefusal() throws Exception {
        try {
            return value();
        } catch (ExecutionException refused) {
            throw (IOException) refused.getCause();
        }
    }

    /** Waits for the refusal. */
    IOException refusal() throws Exception {
        try {
            throw new AssertionError("given: " + value());
        } catch (ExecutionException refused) {
            return (IOException) refused.getCause();
        }
    }

    /** Returns what was given so far. */
    Optional<T> now() {
        return outcome.isDone() && !outcome.isCompletedExceptionally() ? Optional.of(outcome.join())
                : Optional.empty();
    }

    boolean isOpen() {
        return times.get() == 0;
    }

    int times() {
        return times.get();
    }
}
