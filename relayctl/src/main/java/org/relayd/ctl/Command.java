package org.relayd.ctl;

import org.relayd.ir.control.ControlRequest;

/** What the words of a command line ask for. relayctl(8). */
sealed interface Command {

    /**
     * Something that the daemon answers.
     *
     * @param request
     *            the question
     */
    record Ask(ControlRequest request) implements Command {}

    /** A look at the machine. */
    record Examine() implements Command {}
}
