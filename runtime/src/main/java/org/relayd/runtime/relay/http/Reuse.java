package org.relayd.runtime.relay.http;

import io.netty.buffer.ByteBuf;
import java.util.Locale;
import org.relayd.runtime.relay.http.head.ConnectionOptions;
import org.relayd.runtime.relay.http.head.FieldName;
import org.relayd.runtime.relay.http.head.HeadWriter;
import org.relayd.runtime.relay.http.head.MessageHead;
import org.relayd.runtime.relay.wire.Wire;

/**
 * Whether the connection to the target may serve another request (RFC 9112 9.3). The target of a kept connection, be it
 * of this session or of another one, may have closed it already: a request that may be sent twice is kept until
 * something of its answer comes, and only one that also asks for no change is sent on a connection of another session.
 * Connections whose target may know its user by the connection itself (NTLM, Negotiate) are never shared.
 */
final class Reuse {
    private static final int UNAUTHORIZED = 401;
    private static final int PROXY_UNAUTHORIZED = 407;
    private static final byte[] NOTHING = {};

    private final boolean allowed;
    private final HeadCopies copies;
    private boolean repeatable;
    private boolean shareable;
    private boolean personal;
    private boolean persistent;
    private boolean last;
    private boolean kept;
    private byte[] copy = NOTHING;
    private int copied;

    Reuse(boolean allowed, HeadCopies copies) {
        this.allowed = allowed;
        this.copies = copies;
    }

    /** Returns whether the relay shares connections at all. */
    boolean isAllowed() {
        return allowed;
    }

    /** Returns whether the present request may be sent on a connection of another session. */
    boolean mayShare() {
        return allowed && shareable && !last;
    }

    /** Returns whether the connection may go to another session once nothing is under way on it. */
    boolean isKeepable() {
        return allowed && persistent && !last && !personal;
    }

    /** Returns whether the target was told that the present request is the last one of its connection. */
    boolean isLast() {
        return last;
    }

    /** Looks at a request. */
    void request(MessageHead head) {
        boolean bodiless = !head.isChunked() && (!head.hasContentLength() || head.contentLength() == 0);
        repeatable = head.method().repeatable();
        shareable = bodiless && head.method().safe() && !head.isWebsocket();
        persistent = false;
        last = false;
        int field = allowed ? head.fields().find(head.octets(), FieldName.AUTHORIZATION, 0) : -1;
        if (field >= 0) {
            String scheme = head.value(field).toLowerCase(Locale.ROOT);
            personal |= scheme.startsWith("ntlm") || scheme.startsWith("negotiate");
        }
    }

    /** Rules told the target about its connection: one that it was asked to close may not go on. */
    void written(ConnectionOptions.Written option) {
        last = option == ConnectionOptions.Written.CLOSE;
    }

    /** The connection is another one; {@code shared} if it has served another session. */
    void connected(boolean shared) {
        kept = shared;
    }

    /**
     * The present request is about to be sent: copied, unless its body is long, in case a kept connection turns out to
     * be closed.
     *
     * @param count
     *            octets of the body in the buffer
     * @param whole
     *            whether they are all of it
     */
    void sent(HeadWriter writer, ByteBuf body, int count, boolean whole) {
        drop();
        if (kept && repeatable && whole && (count == 0 || writer.length() + count <= HeadCopies.SIZE)) {
            copy = copies.copy(writer, body, count);
            copied = writer.length() + count;
        }
    }

    /** Looks at a response. */
    void response(MessageHead head) {
        drop();
        kept = true;
        persistent = head.isPersistent();
        personal |= head.status() == UNAUTHORIZED || head.status() == PROXY_UNAUTHORIZED;
    }

    /** Returns whether the request is there to be sent again. */
    boolean mayRepeat() {
        return copied > 0;
    }

    /** Sends the request again, which is done once. */
    void repeat(Wire wire) {
        wire.send(copy, copied);
        drop();
    }

    /** The request is not sent again. */
    void drop() {
        if (copied > 0) {
            copies.give(copy);
            copy = NOTHING;
            copied = 0;
        }
    }
}
