package org.relayd.runtime.relay.http;

import org.relayd.runtime.relay.http.head.MessageHead;
import org.relayd.runtime.relay.http.head.RequestMethod;

/**
 * What has to be remembered of a request until its answer is over. One for each connection, used for one request after
 * the other.
 */
final class AskedFor {
    private RequestMethod method = RequestMethod.GET;
    private boolean persistent = true;
    private boolean websocket;
    private int minorVersion = 1;

    /** A request has come. */
    void begin(MessageHead head) {
        method = head.method();
        persistent = head.isPersistent();
        websocket = head.isWebsocket();
        minorVersion = head.minorVersion();
    }

    /** Returns whether it asks for a tunnel. */
    boolean isConnect() {
        return method == RequestMethod.CONNECT;
    }

    /** Returns whether the client keeps its connection open. */
    boolean isPersistent() {
        return persistent;
    }

    /** Returns whether the client asks for a websocket. */
    boolean isWebsocket() {
        return websocket;
    }

    /** Returns whether the client speaks HTTP/1.0. */
    boolean isOld() {
        return minorVersion == 0;
    }

    /** Returns whether an answer has no body whatever its fields say (RFC 9112 6.3). */
    boolean hasBodiless(int status) {
        return method == RequestMethod.HEAD || status == 204 || status == 304;
    }
}
