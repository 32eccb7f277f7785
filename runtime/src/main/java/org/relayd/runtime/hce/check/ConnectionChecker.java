package org.relayd.runtime.hce.check;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
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
record ConnectionChecker(CheckSockets sockets, Optional<SslContext> tls,
        Optional<Function<CheckTarget, Conversation>> conversation) implements Checker {

    @Override
    public RunningCheck start(CheckTarget target, Consumer<CheckOutcome> done) {
        return new ConnectionCheck(sockets, target, tls.map(ConnectionChecker::handler),
                conversation.map(talk -> talk.apply(target)), done);
    }

    // Names no server: checks go to addresses. The check's own limit is the only one.
    private static SslHandler handler(SslContext context) {
        SslHandler handler = context.newHandler(ByteBufAllocator.DEFAULT);
        handler.setHandshakeTimeoutMillis(0);
        handler.setCloseNotifyFlushTimeoutMillis(0);
        return handler;
    }
}
