package org.relayd.runtime.parent.remote;

import java.io.IOException;
import org.relayd.runtime.parent.OpenFile;
import org.relayd.runtime.parent.OpenSocket;
import org.relayd.runtime.parent.message.Reply;
import org.relayd.runtime.parent.remote.Parent.Answered;

/**
 * Takes the reply that a request is due out of what came. Anything else is refused, and a descriptor that came with it
 * is closed: a fault of the parent process must not become one of this.
 */
public final class DueReply {
    private DueReply() {}

    /** Reads what a reply says. */
    interface Reader<T> {
        T read(Answered answered) throws IOException;
    }

    /**
     * Returns a reply that comes alone.
     *
     * @throws IOException
     *             if it is another one, or not alone
     */
    public static <R extends Reply> R alone(Answered answered, Class<R> due) throws IOException {
        if (!due.isInstance(answered.reply())) {
            throw unfit(answered, "");
        }
        if (answered.descriptor().isPresent()) {
            throw unfit(answered, " with a descriptor");
        }
        return due.cast(answered.reply());
    }

    /**
     * Returns a reply that a descriptor comes with.
     *
     * @throws IOException
     *             if it is another one, or alone
     */
    public static <R extends Reply> R carrying(Answered answered, Class<R> due) throws IOException {
        if (!due.isInstance(answered.reply())) {
            throw unfit(answered, "");
        }
        if (answered.descriptor().isEmpty()) {
            throw unfit(answered, " without a descriptor");
        }
        return due.cast(answered.reply());
    }

    /** Returns the socket that came with a reply that one comes with. */
    public static OpenSocket socket(Answered carrying) {
        return new OpenSocket.Descriptor(carrying.descriptor().orElseThrow());
    }

    /** Returns the file that came with a reply that one comes with. */
    static OpenFile file(Answered carrying) {
        return new OpenFile.Descriptor(carrying.descriptor().orElseThrow());
    }

    /** Returns whether there is nothing to give. */
    static boolean isNothing(Answered answered) {
        return answered.reply() instanceof Reply.Nothing && answered.descriptor().isEmpty();
    }

    private static IOException unfit(Answered answered, String how) {
        LineParent.discard(answered.descriptor());
        return new IOException("the parent process gives an answer that does not fit: "
                + answered.reply().getClass().getSimpleName() + how);
    }
}
