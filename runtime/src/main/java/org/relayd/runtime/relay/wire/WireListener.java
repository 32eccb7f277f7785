package org.relayd.runtime.relay.wire;

import io.netty.buffer.ByteBuf;

/** Is told what happens on a wire, on the wire's event loop. */
public interface WireListener {

    /**
     * Bytes have come in.
     *
     * @param bytes
     *            at least one; who needs them after the call holds or copies them, see {@link Wire}
     */
    void received(ByteBuf bytes);

    /**
     * Bytes went to the other wire without being received.
     *
     * @param count
     *            at least one; no more than {@link Wire#pass} allowed in all
     */
    void passed(long count);

    /** The other end sends no more. It may still read. */
    void ended();

    /** What waited has gone: {@link Wire#isCongested} was true and is false now. Never told during a send. */
    void drained();

    /**
     * The other end is gone, as a failed send shows, or the system tells while nobody reads: nothing reaches it any
     * more. What it sent before can still be read, and {@link #broken} follows after the last of it; until then the
     * wire stays congested. Who does not want it closes the wire. Never told during a send.
     *
     * @param reason
     *            that of {@link #broken}, too
     */
    void unheard(Fault reason);

    /**
     * The connection failed and is closed.
     *
     * @param reason
     *            e.g. that the other end has reset it
     */
    void broken(Fault reason);
}
