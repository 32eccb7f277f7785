package org.relayd.runtime.relay.http;

import org.relayd.runtime.relay.SessionEnd;

/** Ends of sessions that only HTTP knows. */
final class HttpEnds {
    /** A chunk is out of form. */
    static final SessionEnd INVALID_CHUNK = new SessionEnd("invalid chunk size", "Invalid argument");
    /** The line of a chunk or the trailers grow without end. */
    static final SessionEnd LONG_CHUNK = new SessionEnd("chunk size too long", "Message too long");
    /** The target sent what no request asked for. */
    static final SessionEnd UNASKED = new SessionEnd("unexpected response", "Bad message");

    private HttpEnds() {}
}
