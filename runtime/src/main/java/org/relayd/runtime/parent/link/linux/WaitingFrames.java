package org.relayd.runtime.parent.link.linux;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Queue;
import java.util.function.BooleanSupplier;

/**
 * Frames that wait to be written. They are at most {@link #FRAMES}, and a frame is let in only while those that wait
 * have less than {@link #OCTETS}, so that a long one can wait too.
 */
final class WaitingFrames {
    /** As many as all event loops may ask for at once when connections come in a burst. */
    static final int FRAMES = 16 * 1024;
    static final int OCTETS = 4 * 1024 * 1024;

    private final Queue<Letter> waiting = new ArrayDeque<>();
    private long octets;
    private boolean closed;

    /**
     * A frame.
     *
     * @param octets
     *            the frame
     * @param descriptor
     *            goes with it
     */
    @SuppressWarnings("ArrayRecordComponent") // nobody changes it, or asks for equality
    record Letter(byte[] octets, OptionalInt descriptor) {}

    /** Adds a frame; false if there is no room, or the box is closed. */
    synchronized boolean offer(Letter letter) {
        boolean room = !closed && hasRoom();
        if (room) {
            waiting.add(letter);
            octets += letter.octets.length;
            notifyAll();
        }
        return room;
    }

    /** Adds a frame when there is room; false if the box is closed. An interrupt is kept for later. */
    synchronized boolean send(Letter letter) {
        await(() -> closed || hasRoom());
        return offer(letter);
    }

    /** Waits for a frame and takes it out; empty if the box is closed and nothing left. */
    synchronized Optional<Letter> take() {
        await(() -> closed || !waiting.isEmpty());
        Optional<Letter> next = Optional.ofNullable(waiting.poll());
        next.ifPresent(letter -> octets -= letter.octets.length);
        notifyAll();
        return next;
    }

    /** Lets no more in. */
    synchronized void close() {
        closed = true;
        notifyAll();
    }

    synchronized boolean isClosed() {
        return closed;
    }

    /** Lets no more in and takes out all that wait. */
    synchronized List<Letter> abandon() {
        close();
        List<Letter> left = new ArrayList<>(waiting);
        waiting.clear();
        octets = 0;
        return left;
    }

    private boolean hasRoom() {
        return waiting.size() < FRAMES && octets < OCTETS;
    }

    private synchronized void await(BooleanSupplier reason) {
        boolean interrupted = false;
        while (!reason.getAsBoolean()) {
            try {
                wait();
            } catch (InterruptedException _) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
