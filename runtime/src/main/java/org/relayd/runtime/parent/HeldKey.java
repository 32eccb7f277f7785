package org.relayd.runtime.parent;

import org.relayd.runtime.tls.Identity;

/** A private key that somebody holds for a relay. */
public interface HeldKey extends AutoCloseable {

    /** Returns what contexts are made with. */
    Identity.Key key();

    /** Returns a digest of the key's file, by which a change of it is seen. */
    String print();

    /** No more contexts are made with it; those that were go on. The second call does nothing. */
    @Override
    void close();
}
