package org.relayd.runtime.parent.remote;

import java.io.IOException;
import java.util.OptionalInt;
import org.relayd.runtime.parent.Rights;
import org.relayd.runtime.parent.message.Reply;
import org.relayd.runtime.parent.message.Report;
import org.relayd.runtime.parent.message.Request;

/** The parent process, as the worker speaks to it. Any thread. */
public interface Parent {

    /**
     * Asks for something. Never blocks.
     *
     * @param answer
     *            given anything but {@link Reply.Refused}; refused with the system's words or the parent's, or because
     *            the parent does not answer
     */
    void ask(Request request, Rights.Answer<Answered> answer);

    /**
     * Asks for something and waits for the answer. Not for event loops.
     *
     * @return anything but {@link Reply.Refused}
     * @throws IOException
     *             as {@link #ask} refuses
     */
    Answered await(Request request) throws IOException;

    /** Says something. Never blocks. */
    void say(Report report);

    /**
     * A reply.
     *
     * @param descriptor
     *            came with it, if there is one; whoever takes the reply closes it
     */
    record Answered(Reply reply, OptionalInt descriptor) {}
}
