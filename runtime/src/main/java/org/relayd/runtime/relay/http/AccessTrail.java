package org.relayd.runtime.relay.http;

import io.netty.buffer.ByteBuf;
import java.util.Optional;
import org.relayd.runtime.relay.session.SessionEnd;
import org.relayd.runtime.relay.http.head.MessageHead;

/**
 * Follows the exchanges of one session for the access log, if there is one. On the session's event loop.
 * relayd.conf(5): EXTENSIONS.
 */
sealed interface AccessTrail permits AccessTrail.None, LoggedExchanges {

    /** A request has been read; the rules have not seen it yet. */
    void begin(MessageHead head);

    /** Something came that is no request; {@code octets} begin with it, and do not move. */
    void beginMalformed(ByteBuf octets);

    /** The head of the final response goes to the client. */
    void answered(int status);

    /** The response has ended. */
    void complete();

    /** The session has ended, with or without an exchange under way. */
    void ended(SessionEnd reason);

    /** Returns the trail of a session. */
    static AccessTrail of(HttpExchange exchange) {
        Optional<AccessTrail> logged = exchange.http().relay().accessLog()
                .map(log -> new LoggedExchanges(exchange, log));
        return logged.orElse(None.INSTANCE);
    }

    /** There is no access log. */
    enum None implements AccessTrail {
        INSTANCE;

        @Override
        public void begin(MessageHead head) {
            // Nobody wants to know.
        }

        @Override
        public void beginMalformed(ByteBuf octets) {
            // Nobody wants to know.
        }

        @Override
        public void answered(int status) {
            // Nobody wants to know.
        }

        @Override
        public void complete() {
            // Nobody wants to know.
        }

        @Override
        public void ended(SessionEnd reason) {
            // Nobody wants to know.
        }
    }
}
