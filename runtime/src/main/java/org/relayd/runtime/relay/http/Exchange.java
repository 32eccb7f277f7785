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
    private boolean tunnel;
    private boolean routed;
    private long requestOctets;
    private long responseOctets;

    /** Begins with a request. */
    void begin(MessageHead head) {
        method = head.method();
        persistent = head.isPersistent();
        websocket = head.isWebsocket();
        minorVersion = head.minorVersion();
        begin();
    }

    /** Begins with something that is no request. */
    void begin() {
        interim = 0;
        answered = false;
        tunnel = false;
        routed = false;
        requestOctets = 0;
        responseOctets = 0;
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

    /** Both sides have begun to say what they like. */
    void tunnels() {
        tunnel = true;
    }

    boolean isTunnel() {
        return tunnel;
    }

    /** Notes that the request is on its way to a target. */
    void routed() {
        routed = true;
    }

    boolean isRouted() {
        return routed;
    }

    /** Counts octets that go to the target behind the request's head. */
    void countRequest(long octets) {
        requestOctets += octets;
    }

    /** Counts octets that go to the client behind the response's head. */
    void countResponse(long octets) {
        responseOctets += octets;
    }

    long requestOctets() {
        return requestOctets;
    }

    long responseOctets() {
        return responseOctets;
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
