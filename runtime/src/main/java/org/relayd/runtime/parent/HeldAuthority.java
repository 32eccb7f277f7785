package org.relayd.runtime.parent;

import org.relayd.runtime.tls.inspect.AuthorityKey;

/** The key of an authority that somebody holds for a relay; closed when no more is to be signed. */
public interface HeldAuthority extends AuthorityKey {

    /** Returns a digest of the key's file, by which a change of it is seen. */
    String print();
}
