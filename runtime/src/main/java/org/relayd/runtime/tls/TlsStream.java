package org.relayd.runtime.tls;

import java.lang.foreign.MemorySegment;
import java.util.Optional;

/**
 * TLS of one connection: ciphertext that came is opened, plaintext is sealed, both in the {@link TlsMemory} of its
 * loop; whoever drives it moves ciphertext to and from a socket. Belongs to one event loop, and after {@link #release}
 * to nobody.
 *
 * <p>
 * Every call may make ciphertext that has to go to the other end: {@link #produced} bytes of it then stand at the
 * beginning of {@link TlsMemory#out}, until the next call to any stream of the loop.
 */
public interface TlsStream {

    /** How far a connection is. */
    enum State {
        /** Both ends agree on how to speak: ciphertext is wanted. */
        HANDSHAKE,
        /**
         * The handshake waits for an answer from elsewhere, a signature or the verification of a certificate: nothing
         * is to be opened until {@link TlsSide.Turn#resumed} was called, and {@link #proceed} then.
         */
        WAITING,
        /** Bytes go both ways. */
        OPEN,
        /** The other end has said that it sends no more (close_notify); sealing goes on. */
        ENDED,
        /** There is a {@link #failure}: nothing is opened or sealed any more. What was produced is an alert. */
        FAILED
    }

    /** Returns how far it is. */
    State state();

    /** Begins the handshake: a client produces its hello, a server nothing. Once, first. */
    void begin();

    /**
     * Opens ciphertext that stands at the beginning of {@link TlsMemory#in}. All is taken: an incomplete record is kept
     * inside. In state {@code OPEN}, and in the handshake that leads there; what comes after a close_notify is ignored.
     *
     * @param count
     *            bytes that came, at most {@link TlsMemory#IN}
     * @param to
     *            where plaintext goes: at least {@code count} bytes and one record of 16 KiB more
     * @return plaintext bytes that stand in {@code to}; they are good even if the state is {@code ENDED} or
     * {@code FAILED} now
     */
    int open(int count, MemorySegment to);

    /** Goes on after {@link TlsSide.Turn#resumed} with what came before; as {@link #open} else. */
    int proceed(MemorySegment to);

    /**
     * Seals plaintext. In states {@code OPEN} and {@code ENDED}, not after {@link #finish}.
     *
     * @param count
     *            bytes from the beginning of {@code from}, at most {@link TlsMemory#PIECE}; all are taken
     * @return bytes of ciphertext, the same as {@link #produced}
     */
    int seal(MemorySegment from, int count);

    /**
     * Seals plaintext and produces the sign that no more bytes follow after it: {@link #seal} and {@link #finish} in
     * one.
     *
     * @param count
     *            as in {@link #seal}
     * @return bytes of ciphertext, the same as {@link #produced}
     */
    int sealLast(MemorySegment from, int count);

    /**
     * Produces the sign that no more bytes follow (close_notify); nothing is sealed after that. Nothing is produced by
     * the second call, nor in other states than {@code OPEN} and {@code ENDED}.
     */
    int finish();

    /** Returns the bytes of ciphertext that the last call has left in {@link TlsMemory#out}. */
    int produced();

    /** Returns why the state is {@code FAILED}. */
    Optional<TlsFailure> failure();

    /** Returns what was agreed on; from state {@code OPEN} on. Good until {@link #release}. */
    TlsFacts facts();

    /** Lets go of everything. What is under way elsewhere is answered in vain. The second call does nothing. */
    void release();
}
