package org.relayd.runtime.tls.channel;

import org.relayd.runtime.tls.TlsFacts;
import org.relayd.runtime.tls.TlsFailure;

/**
 * Is told what becomes of TLS on a channel, on its event loop and never while the handler is being added. Whether
 * something more is told after a close of the channel is not said.
 */
public interface TlsListener {

    /** The handshake is done; what was written meanwhile is on its way. Plaintext follows. */
    void opened(TlsFacts facts);

    /**
     * There is no TLS, in place of {@link #opened}, or no more, after it. An alert is on its way if there is one to
     * send. After {@link TlsFailure.Kind#PLAIN_HTTP} the channel carries bytes as they are; else what is written is
     * forgotten, and what comes too.
     */
    void failed(TlsFailure failure);

    /**
     * The other end sends no more; after {@link #opened}, once.
     *
     * @param announced
     *            whether it said so (close_notify); if not, somebody may have cut the stream off
     */
    void ended(boolean announced);
}
