package org.relayd.runtime.parent.message;

/** One message on the line between the two processes. */
public sealed interface Frame {

    /** From the worker. */
    sealed interface FromWorker extends Frame {}

    /** From the parent. */
    sealed interface FromParent extends Frame {}

    /**
     * A request.
     *
     * @param number
     *            by which its reply is known; the worker numbers as it likes, as long as no two that wait are the same
     */
    record Ask(int number, Request request) implements FromWorker {}

    /** A report. */
    record Say(Report report) implements FromWorker {}

    /** The reply to a request of that number. */
    record Answer(int number, Reply reply) implements FromParent {}

    /** A notice. */
    record Want(Notice notice) implements FromParent {}
}
