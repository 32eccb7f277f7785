package org.relayd.runtime.relay.http;

import io.netty.buffer.ByteBuf;
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

    /** Something has come that is no request; {@code octets} begin with its first line. */
    void beginMalformed(ByteBuf octets) {
        method = startsWithHead(octets) ? RequestMethod.HEAD : RequestMethod.GET;
        persistent = false;
        websocket = false;
    }

    /** The client knows what it asked for, whatever is wrong with the rest. */
    private static boolean startsWithHead(ByteBuf octets) {
        String head = RequestMethod.HEAD.text() + " ";
        int at = octets.readerIndex();
        // Empty lines may stand in front of it.
        while (at < octets.writerIndex() && (octets.getByte(at) == '\r' || octets.getByte(at) == '\n')) {
            at++;
        }
        boolean equal = octets.writerIndex() - at >= head.length();
        for (int i = 0; equal && i < head.length(); i++) {
            equal = octets.getByte(at + i) == head.charAt(i);
        }
        return equal;
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

    /** Returns whether no answer to it has a body, error pages included (RFC 9110 9.3.2). */
    boolean isHead() {
        return method == RequestMethod.HEAD;
    }

    /** Returns whether an answer has no body whatever its fields say (RFC 9112 6.3). */
    boolean hasBodiless(int status) {
        return isHead() || status == 204 || status == 304;
    }
}
