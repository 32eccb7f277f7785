package org.relayd.runtime.parent.keys;

import java.util.Optional;

/** A private key that signs in this process. Any thread, and several at once. */
interface SigningKey extends AutoCloseable {

    /**
     * Signs.
     *
     * @param scheme
     *            signature scheme by its number (RFC 8446 4.2.3)
     * @return empty if the key is of another kind, or closed
     */
    Optional<byte[]> sign(int scheme, byte[] content);

    /** Wipes the key. Nobody may be signing. The second call does nothing. */
    @Override
    void close();
}
