package org.relayd.runtime.relay.http;

import io.netty.buffer.ByteBuf;
import java.util.Optional;
import org.relayd.runtime.relay.http.filter.Trailers;
import org.relayd.runtime.relay.http.head.Octets;

/** The line of a trailer field while it comes in; what it may hold is bounded by the scanner that tells lines apart. */
final class TrailerLine {
    private byte[] line = {};

    /**
     * Takes the next octets of the line.
     *
     * @return the line, once it is whole and its field may pass
     */
    Optional<byte[]> add(ByteBuf bytes, int count, Trailers allowed) {
        byte[] longer = new byte[line.length + count];
        System.arraycopy(line, 0, longer, 0, line.length);
        bytes.readBytes(longer, line.length, count);
        boolean whole = longer[longer.length - 1] == '\n';
        line = whole ? new byte[0] : longer;
        return whole && allowed.pass(name(longer)) ? Optional.of(longer) : Optional.empty();
    }

    private static String name(byte[] line) {
        int colon = 0;
        while (line[colon] != ':') {
            colon++;
        }
        return Octets.text(line, 0, colon);
    }
}
