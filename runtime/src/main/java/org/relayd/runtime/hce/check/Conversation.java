package org.relayd.runtime.hce.check;

import io.netty.buffer.ByteBuf;
import java.util.Optional;
import org.relayd.ir.term.CheckResult;

/**
 * What is said on one connection of a check, and what it means. Holds a bounded number of bytes, whatever the host
 * sends.
 */
interface Conversation {

    /** Returns the bytes that are sent first; may be none. */
    byte[] request();

    /**
     * Takes what the host sent.
     *
     * @param bytes
     *            to be read, not kept
     * @return the end of the check, or empty to wait for more
     */
    Optional<CheckResult> received(ByteBuf bytes);

    /** The host closed the connection: the end of the check. */
    CheckResult closed();

    /** Time is up: the end of the check, or empty if so little was received that it counts as a timeout. */
    Optional<CheckResult> timedOut();

    /** Returns the outcome that carries a result. */
    default CheckOutcome outcome(CheckResult result) {
        return CheckOutcome.of(result);
    }
}
