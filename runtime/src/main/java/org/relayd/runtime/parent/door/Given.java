package org.relayd.runtime.parent.door;

import java.util.OptionalInt;
import org.relayd.runtime.parent.message.Reply;

/**
 * An answer for the worker.
 *
 * @param descriptor
 *            goes with it, if there is one, and is closed here afterwards
 */
public record Given(Reply reply, OptionalInt descriptor) {

    /** Returns an answer without a descriptor. */
    public static Given alone(Reply reply) {
        return new Given(reply, OptionalInt.empty());
    }

    /** Returns an answer with a descriptor. */
    public static Given with(Reply reply, int descriptor) {
        return new Given(reply, OptionalInt.of(descriptor));
    }
}
