package org.relayd.runtime.tls;

import java.util.Optional;
import java.util.function.Consumer;

/** Signs with a private key that need not be in this process. Never blocks. Any thread. */
@FunctionalInterface
public interface Signer {

    /**
     * Signs what a TLS server signs in a handshake.
     *
     * @param scheme
     *            signature scheme by its number (RFC 8446 4.2.3), such as 0x0403
     * @param content
     *            what is signed, not yet hashed
     * @param answer
     *            gets the signature, empty if there is none; once, during the call or later, on any thread
     */
    void sign(int scheme, byte[] content, Consumer<Optional<byte[]>> answer);

    /** One more context uses it, until its {@link #release}. Nothing happens where nobody counts. */
    default void hold() {}

    /** One of those who {@link #hold} it does so no more. */
    default void release() {}
}
