package org.relayd.runtime.parent.keys;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * A key that the worker knows by its number. Any thread.
 */
final class KeptKey {
    /** Who signs certificates signs them with SHA-256. */
    private static final int RSA_SCHEME = 0x0401;
    private static final int EC_SCHEME = 0x0403;

    private final Origin origin;
    private final SigningKey key;
    private final Optional<LeafCheck> leaves;
    private final ReentrantReadWriteLock signing = new ReentrantReadWriteLock();

    /**
     * Where a key comes from: two of the same are one.
     *
     * @param path
     *            its file
     * @param print
     *            digest of the file
     * @param certificate
     *            digest of the certificate that it fits
     * @param authority
     *            whether it signs certificates, and no handshakes
     */
    record Origin(String path, String print, String certificate, boolean authority) {}

    /**
     * Keeps a key.
     *
     * @param key
     *            this object's to close
     * @param leaves
     *            looks at certificates if it is an authority's
     */
    KeptKey(Origin origin, SigningKey key, Optional<LeafCheck> leaves) {
        this.origin = origin;
        this.key = key;
        this.leaves = leaves;
    }

    Origin origin() {
        return origin;
    }

    /**
     * Signs a handshake.
     *
     * @throws IOException
     *             if it is not one, or there is no signature, with the reason
     */
    byte[] signHandshake(int scheme, byte[] content) throws IOException {
        if (leaves.isPresent()) {
            throw new IOException("an authority signs no handshakes");
        }
        if (!HandshakeContent.isSane(scheme, content)) {
            throw new IOException("that is not signed in a handshake");
        }
        return signed(scheme, content);
    }

    /**
     * Signs a certificate.
     *
     * @throws IOException
     *             if it is not for a client to see, or there is no signature, with the reason
     */
    byte[] signLeaf(byte[] content) throws IOException {
        LeafCheck check = leaves.orElseThrow(() -> new IOException("the key of a server signs no certificates"));
        Optional<String> fault = check.fault(content);
        if (fault.isPresent()) {
            throw new IOException("that is not signed as a certificate: " + fault.get());
        }
        return signed(check.authority().getPublicKey().getAlgorithm().equals("RSA") ? RSA_SCHEME : EC_SCHEME, content);
    }

    private byte[] signed(int scheme, byte[] content) throws IOException {
        signing.readLock().lock();
        try {
            return key.sign(scheme, content)
                    .orElseThrow(
                            () -> new IOException("the key does not sign with scheme " + Integer.toHexString(scheme)));
        } finally {
            signing.readLock().unlock();
        }
    }

    /** Wipes the key, when nobody signs any more. */
    void close() {
        signing.writeLock().lock();
        try {
            key.close();
        } finally {
            signing.writeLock().unlock();
        }
    }
}
