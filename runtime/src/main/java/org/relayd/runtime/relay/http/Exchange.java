package org.relayd.runtime.relay.http;

import org.relayd.runtime.relay.http.head.MessageHead;
import org.relayd.runtime.relay.http.head.RequestMethod;

/** What has to be remembered of a request until its response is over. One for each session, used for one exchange after the other. */
final class Exchange {
    /** Interim responses that a target may send before the final one. */
    static final int MOST_INTERIM = 32;

    private RequestMethod method = RequestMethod.GET;
    private boolean persistent = true;
    private boolean websocket;
    private int minorVersion = 1;
    private int interim;
    private boolean answered;

    /** Begins with a request. */
    void begin(MessageHead head) {
        method = head.method();
        persistent = head.isPersistent();
        websocket = head.isWebsocket();
        minorVersion = head.minorVersion();
        interim = 0;
        answered = false;
    }

    RequestMethod method() {
        return method;
    }

    /** Whether the client keeps its connection open. */
    boolean isPersistent() {
        return persistent;
    }

    /** Whether the client asks for a websocket. */
    boolean isWebsocket() {
        return websocket;
    }

    /** Minor version of the request. */
    int minorVersion() {
        return minorVersion;
    }

    /** Counts an interim response; false if there are too many. */
    boolean countInterim() {
        return ++interim <= MOST_INTERIM;
    }

    /** Notes that bytes of the response have gone to the client: no error page can follow. */
    void answered() {
        answered = true;
    }

    /** The exchange is over: what goes wrong from now on belongs to the next one, which can still be answered with a page. */
    void end() {
        answered = false;
    }

    boolean isAnswered() {
        return answered;
    }

    /** Whether a response has no body whatever its fields say (RFC 9112 6.3). */
    boolean isBodiless(int status) {
        return method == RequestMethod.HEAD || status == 204 || status == 304;
    }
}
