package org.relayd.runtime.relay.wire.linux;

/**
 * Finds out that a sender and its reader are fast: left to itself, the kernel may take hundreds of receives for that. A
 * slow reader makes the sender pause before.
 */
final class Flow {
    /** Bytes of one receive that are as much as the kernel lets a sender send ahead at first. */
    private static final int FULL = 64 * 1024;

    private int flowed;
    private boolean found;

    /** Returns whether it shows with the bytes of this receive, the first time. */
    boolean isFound(int count) {
        if (found || count < FULL) {
            return false;
        }
        flowed += count;
        found = flowed >= ReceiveBlocks.SIZE * 2;
        return found;
    }

    /** Nothing is received for a while. */
    void pause() {
        flowed = 0;
    }
}
