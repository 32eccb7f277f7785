package org.relayd.runtime.tls.inspect;

import org.relayd.runtime.tls.Identity;
import org.relayd.runtime.tls.TlsEngine;
import org.relayd.runtime.tls.TlsException;

/**
 * How a relay looks into connections that are encrypted from end to end.
 *
 * @param engine
 *            made the contexts of the relay
 * @param leaves
 *            makes certificates for clients
 */
public record Inspection(TlsEngine engine, Leaves leaves) {

    /**
     * Returns the side that shows a client what was made for it; to be closed when the client's connection has its
     * stream.
     *
     * @param base
     *            the relay's server side
     * @throws TlsException
     *             if the library refuses the certificate
     */
    public TlsEngine.Context showing(TlsEngine.Context base, Identity leaf) throws TlsException {
        return engine.showing(base, leaf);
    }

    /** Nothing is made or shown any more. The second call does nothing. */
    public void close() {
        leaves.close();
    }
}
