package org.relayd.runtime.relay.wire;

/**
 * How the bytes that were sent on a wire go on to its other end. They do so as that end takes them, maybe long after
 * they were sent, and nothing is told of it.
 *
 * @param complete
 *            whether the other end has taken all, as far as that is known
 * @param quiet
 *            nanoseconds for which it has taken nothing; {@link Long#MAX_VALUE} if it never did, or that is not known
 */
public record Delivery(boolean complete, long quiet) {
    /** Nothing was sent. */
    public static final Delivery NONE = new Delivery(true, Long.MAX_VALUE);
}
