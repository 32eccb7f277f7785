package org.relayd.runtime.relay.http;

import java.util.Optional;
import org.relayd.runtime.relay.http.filter.Refusal;
import org.relayd.runtime.relay.http.head.MessageHead;
import org.relayd.runtime.relay.http.head.RequestMethod;

/**
 * Which upgrades to websocket are let through (relayd.conf(5): http websockets; RFC 6455 4.2.1). No other protocol can
 * be upgraded to.
 */
final class Websockets {
    private Websockets() {}

    /** Returns why the request for a websocket is refused, if it is. */
    static Optional<Refusal> check(MessageHead head, boolean allowed) {
        if (!allowed) {
            return refusal(Refusal.Reason.WEBSOCKET_FORBIDDEN);
        }
        if (!head.hasConnectionUpgrade()) {
            return refusal(Refusal.Reason.WEBSOCKET_MALFORMED);
        }
        return head.method() == RequestMethod.GET ? Optional.empty() : refusal(Refusal.Reason.WEBSOCKET_METHOD);
    }

    /** Returns whether a 101 answers the request for a websocket. */
    static boolean isAccepted(MessageHead response, AskedFor asked) {
        return asked.isWebsocket() && response.isWebsocket() && response.hasConnectionUpgrade();
    }

    private static Optional<Refusal> refusal(Refusal.Reason why) {
        return Optional.of(Refusal.of(why, Optional.empty()));
    }
}
