package org.relayd.runtime.hce.check;

import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Checks over TCP connections, all kinds of them.
 *
 * @param sockets
 *            makes the sockets
 * @param tls
 *            present if TLS is spoken
 * @param conversation
 *            what is said once the connection is open; without it an open connection is enough
 */
record ConnectionChecker(CheckSockets sockets, Optional<CheckTls> tls,
        Optional<Function<CheckTarget, Conversation>> conversation) implements Checker {

    @Override
    public RunningCheck start(CheckTarget target, Consumer<CheckOutcome> done) {
        return new ConnectionCheck(sockets, target, tls,
                conversation.map(talk -> talk.apply(target)), done);
    }
}
