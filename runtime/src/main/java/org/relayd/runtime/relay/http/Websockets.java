package org.relayd.runtime.relay.http;

import java.util.Optional;
import org.relayd.runtime.relay.http.head.MessageHead;
import org.relayd.runtime.relay.http.head.RequestMethod;

/** Which upgrades to websocket are let through (relayd.conf(5): http websockets; RFC 6455 4.2.1). No other protocol can be upgraded to. */
final class Websockets {
    private Websockets() {}

    /** Why the request for a websocket is refused, if it is. */
    static Optional<HttpFilter.Refusal> check(MessageHead head, boolean allowed) {
        if (!allowed) {
            return refusal(403, "Websocket Forbidden");
        }
        if (!head.hasConnectionUpgrade()) {
            return refusal(400, "Bad Websocket Request");
        }
        return head.method() == RequestMethod.GET ? Optional.empty() : refusal(405, "Websocket Method Not Allowed");
    }

    /** Whether a 101 answers the request for a websocket. */
    static boolean isAccepted(MessageHead response, Exchange exchange) {
        return exchange.isWebsocket() && response.isWebsocket() && response.hasConnectionUpgrade();
    }

    private static Optional<HttpFilter.Refusal> refusal(int status, String reason) {
        return Optional.of(new HttpFilter.Refusal(status, reason, Optional.empty()));
    }
}
