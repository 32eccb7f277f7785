package org.relayd.runtime.relay.http;

import org.relayd.runtime.relay.http.head.HeadWriter;
import org.relayd.runtime.relay.http.head.MessageHead;

/**
 * What all HTTP sessions of one event loop share: the heads and the writer that every message passes through, one after
 * the other.
 */
public final class HttpLoop {
    private final MessageHead request = new MessageHead();
    private final MessageHead response = new MessageHead();
    private final HeadWriter writer = new HeadWriter();
    private final HeadCopies copies = new HeadCopies();

    MessageHead request() {
        return request;
    }

    MessageHead response() {
        return response;
    }

    HeadWriter writer() {
        return writer;
    }

    HeadCopies copies() {
        return copies;
    }
}
