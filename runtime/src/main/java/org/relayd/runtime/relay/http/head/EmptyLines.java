package org.relayd.runtime.relay.http.head;

import io.netty.buffer.ByteBuf;

/**
 * The empty lines in front of a request, of which a few do no harm: careless clients end a body with a line end that
 * does not count (RFC 9112 2.2). They are taken as they come, so that a client who sent nothing else has not begun a
 * request. Serves one request of a connection after the other; not thread safe.
 */
public final class EmptyLines {
    /** Lines that may stand in front of a request. */
    static final int MOST = 4;

    private int count;

    /**
     * Skips empty lines, which end in CR LF or a bare LF.
     *
     * @param octets
     *            begin with what came first after the last request, or after the lines that were skipped already
     * @return {@link HeadVerdict#COMPLETE} if only a request can follow; {@link HeadVerdict#INCOMPLETE} if the octets
     *         end in front of a request, or in half a line end; {@link HeadVerdict#NO_METHOD} if there are too many
     */
    public HeadVerdict skip(ByteBuf octets) {
        while (octets.isReadable()) {
            int at = octets.readerIndex();
            byte octet = octets.getByte(at);
            if (octet == '\r' && octets.readableBytes() == 1) {
                return HeadVerdict.INCOMPLETE;
            }
            int length = octet == '\n' ? 1 : octet == '\r' && octets.getByte(at + 1) == '\n' ? 2 : 0;
            if (length == 0) {
                return HeadVerdict.COMPLETE;
            }
            if (count == MOST) {
                return HeadVerdict.NO_METHOD;
            }
            octets.skipBytes(length);
            count++;
        }
        return HeadVerdict.INCOMPLETE;
    }

    /** A request has come: others may stand in front of the next one. */
    public void request() {
        count = 0;
    }
}
