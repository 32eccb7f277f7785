package org.relayd.runtime.relay.http;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.relayd.runtime.relay.http.head.ConnectionOptions;
import org.relayd.runtime.relay.http.head.FieldName;
import org.relayd.runtime.relay.http.head.HeadWriter;
import org.relayd.runtime.relay.http.head.MessageHead;

/**
 * Whether the connection to the target may come from another session and go to another one (RFC 9112 9.3). A kept
 * connection is taken only for a request that may be sent twice, because the target may have closed it already;
 * connections whose target may know its user by the connection itself (NTLM, Negotiate) are never shared.
 */
final class Reuse {
    private static final int UNAUTHORIZED = 401;
    private static final int PROXY_UNAUTHORIZED = 407;

    private final boolean allowed;
    private boolean repeatable;
    private boolean personal;
    private boolean persistent;
    private boolean last;
    private boolean fromOther;
    private Optional<byte[]> copy = Optional.empty();

    Reuse(boolean allowed) {
        this.allowed = allowed;
    }

    /** Returns whether the relay shares connections at all. */
    boolean isAllowed() {
        return allowed;
    }

    /** Returns whether the present request may be sent twice. */
    boolean isRepeatable() {
        return repeatable;
    }

    /** Returns whether the connection may go to another session once nothing is under way on it. */
    boolean isKeepable() {
        return allowed && persistent && !last && !personal;
    }

    /** Looks at a request. */
    void request(MessageHead head) {
        repeatable = head.method().repeatable() && !head.isChunked() && !head.hasContentLength() && !head.isWebsocket();
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
        repeatable &= !last;
    }

    /** The session got a connection of another one for its present request. */
    void begin() {
        fromOther = true;
    }

    /** The present request is about to be sent: kept in case a kept connection turns out to be closed. */
    void sent(HeadWriter writer) {
        copy = fromOther && repeatable ? Optional.of(Arrays.copyOf(writer.octets(), writer.length()))
                : Optional.empty();
        fromOther = false;
    }

    /** Looks at a response. */
    void response(MessageHead head) {
        copy = Optional.empty();
        persistent = head.isPersistent();
        personal |= head.status() == UNAUTHORIZED || head.status() == PROXY_UNAUTHORIZED;
    }

    /** Returns the request to send again, once. */
    Optional<byte[]> takeCopy() {
        Optional<byte[]> taken = copy;
        copy = Optional.empty();
        return taken;
    }
}
