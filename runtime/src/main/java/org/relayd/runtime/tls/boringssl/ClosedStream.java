package org.relayd.runtime.tls.boringssl;

import java.lang.foreign.MemorySegment;
import java.util.Optional;
import org.relayd.runtime.tls.TlsFacts;
import org.relayd.runtime.tls.TlsFailure;
import org.relayd.runtime.tls.TlsStream;

/** The stream of a connection that came when its context was freed already: it has failed. */
record ClosedStream(TlsFailure reason) implements TlsStream {
    @Override
    public State state() {
        return State.FAILED;
    }

    @Override
    public void begin() {
        // Nothing begins.
    }

    @Override
    public int open(int count, MemorySegment to) {
        return 0;
    }

    @Override
    public int proceed(MemorySegment to) {
        return 0;
    }

    @Override
    public int seal(MemorySegment from, int count) {
        return 0;
    }

    @Override
    public int sealLast(MemorySegment from, int count) {
        return 0;
    }

    @Override
    public int finish() {
        return 0;
    }

    @Override
    public int produced() {
        return 0;
    }

    @Override
    public Optional<TlsFailure> failure() {
        return Optional.of(reason);
    }

    @Override
    public TlsFacts facts() {
        throw new IllegalStateException("nothing was agreed on");
    }

    @Override
    public void release() {
        // There is nothing.
    }
}
