package org.relayd.runtime.relay.wire;

import org.relayd.runtime.tls.TlsFacts;
import org.relayd.runtime.tls.TlsFailure;

/**
 * Gets the outcome of {@link Wire#secure}: one of both, once, on the wire's event loop and never during that call;
 * nothing if the wire was closed meanwhile.
 */
public interface Secured {

    /** Both ends speak TLS. What comes next is told to the wire's listener, if it reads. */
    void done(TlsFacts facts);

    /**
     * They do not. An alert is on its way if there is one to send. The wire is there only to be closed: after
     * {@link TlsFailure.Kind#PLAIN_HTTP} it carries bytes as they are, so that something can be said first; else what
     * is sent, and was sent before, is forgotten. Its listener hears nothing any more. After
     * {@link TlsFailure.Kind#GONE} it may be closed already.
     */
    void failed(TlsFailure failure);
}
