package org.relayd.runtime.relay.http.filter;

import java.util.Optional;
import org.relayd.runtime.relay.http.head.MessageHead;
import org.relayd.runtime.relay.http.rule.FilterSession;

/** The rules or actions of a protocol, ready to look at messages. One for each relay and event loop. */
public interface HttpFilter {

    /**
     * Looks at the head of a request and changes it.
     *
     * @return why it must not go on, if it must not
     */
    Optional<Refusal> request(MessageHead head, FilterSession session);

    /**
     * Looks at the head of a response and changes it.
     *
     * @return why it must not go on, if it must not
     */
    Optional<Refusal> response(MessageHead head, FilterSession session);

    /** Returns whether heads are written with their fields sorted by name, or in order of arrival. */
    boolean sortsFields();

    /** Returns whether the target can be chosen only when the first request is known. */
    boolean connectsLate();
}
