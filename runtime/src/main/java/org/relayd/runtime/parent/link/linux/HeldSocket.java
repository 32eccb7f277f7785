package org.relayd.runtime.parent.link.linux;

/**
 * A socket that several threads use: closed when it should be and none of them uses it any more, so that none finds its
 * number given to something else.
 */
final class HeldSocket {
    private final int number;
    private int users;
    private boolean closing;

    HeldSocket(int number) {
        this.number = number;
    }

    /** Returns the descriptor, for calls between {@link #enter} and {@link #leave}. */
    int number() {
        return number;
    }

    /** Returns whether it is closed, or will be after its last user. */
    synchronized boolean isClosing() {
        return closing;
    }

    /** Begins to use the socket; false if it is closed. */
    synchronized boolean enter() {
        if (!closing) {
            users++;
        }
        return !closing;
    }

    /** Uses it no more. */
    synchronized void leave() {
        users--;
        closeUnused();
    }

    /** Ends the stream in both directions: whoever waits in a call comes back. */
    synchronized void shutdown() {
        if (!closing || users > 0) {
            LineEnds.shutdown(number);
        }
    }

    /** Ends the stream, and closes the socket after its last user. Once is enough. */
    synchronized void close() {
        if (!closing) {
            LineEnds.shutdown(number);
            closing = true;
            closeUnused();
        }
    }

    private void closeUnused() {
        if (closing && users == 0) {
            LineEnds.close(number);
        }
    }
}
