package org.relayd.runtime.tls.boringssl;

import org.relayd.runtime.tls.TlsEngine;

/** Counts what was not released. */
public final class LiveStreams {
    private LiveStreams() {}

    /** Returns how many streams of an engine are alive; 0 for other engines, whose streams are the collector's. */
    public static int of(TlsEngine engine) {
        return engine instanceof BoringSsl library ? library.census().alive(Census.Kind.STREAM) : 0;
    }
}
