package org.relayd.runtime.parent.keystream;

/** The other end says what it cannot say: the stream is of no use any more. */
public final class GarbageException extends Exception {
    private static final long serialVersionUID = 1;

    /** Creates it with what was said, in few words. */
    public GarbageException(String said) {
        super(said);
    }
}
