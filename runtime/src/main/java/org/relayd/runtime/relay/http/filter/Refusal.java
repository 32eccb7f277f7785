package org.relayd.runtime.relay.http.filter;

import java.util.Optional;

/**
 * Why a message is refused.
 *
 * @param status
 *            status of the error page
 * @param reason
 *            words of the session line and the page
 * @param detail
 *            what only logs tell, because the client has no part in it
 * @param label
 *            label on the page
 */
public record Refusal(int status, String reason, Optional<String> detail, Optional<String> label) {

    /** Returns a refusal for one of the reasons that rules, actions and websockets have, with the label in force. */
    public static Refusal of(Reason why, Optional<String> label) {
        return new Refusal(why.status, why.words, Optional.empty(), label);
    }

    /** Returns the refusal of what a target answered; {@code detail} is for logs. */
    public static Refusal of(Reason why, String detail) {
        return new Refusal(why.status, why.words, Optional.of(detail), Optional.empty());
    }

    /** Returns the refusal of a request that passed a limit, which client and logs are told. */
    public static Refusal ofLimit(Reason why, String limit, Optional<String> label) {
        return new Refusal(why.status, why.words + ": " + limit, Optional.empty(), label);
    }

    /** Returns the words of the logs. */
    public String logged() {
        return detail.map(more -> reason + ": " + more).orElse(reason);
    }

    /** Why messages are refused whose heads are well formed. */
    public enum Reason {
        /** A rule blocks the request. */
        FORBIDDEN(403, "Forbidden"),
        /** A rule needs the host of a request that names none. */
        BAD_REQUEST(400, "Bad Request"),
        /** An action filters what has come. */
        REJECTED(403, "rejecting request"),
        /** An action expects what has not come. */
        INCOMPLETE(403, "incomplete request"),
        /** A line has come again of which an action expects one. */
        REPEATED(400, "repeated header line"),
        /** An action looks at the URL of a request whose host is no name. */
        INVALID_HOST(400, "invalid host name"),
        /** The protocol does not allow {@code http websockets}. */
        WEBSOCKET_FORBIDDEN(403, "Websocket Forbidden"),
        /** The client was let in under rules for TLS that do not hold any more. */
        MISDIRECTED(421, "Misdirected Request"),
        /** A websocket is asked for without the connection option for it. */
        WEBSOCKET_MALFORMED(400, "Bad Websocket Request"),
        /** A websocket is asked for with another method than GET. */
        WEBSOCKET_METHOD(405, "Websocket Method Not Allowed"),
        /** The target switches to a protocol that nobody asked for. */
        WEBSOCKET_GATEWAY(502, "Bad Websocket Gateway"),
        /** The target's answer cannot be passed on. */
        BAD_GATEWAY(502, "Bad Gateway");

        private final int status;
        private final String words;

        Reason(int status, String words) {
            this.status = status;
            this.words = words;
        }
    }
}
