package org.relayd.runtime.relay.access;

import java.net.InetSocketAddress;
import java.util.Optional;
import org.relayd.runtime.relay.select.TargetHost;

/**
 * One exchange, as far as the log shows it.
 *
 * @param relay
 *            name of the relay
 * @param protocol
 *            name of the protocol
 * @param client
 *            where the request came from
 * @param request
 *            what the client sent
 * @param time
 *            when the request had been read, milliseconds since 1970
 * @param duration
 *            nanoseconds from then until the exchange was over
 * @param status
 *            status that the client got, or the one that stands for its absence
 * @param requestOctets
 *            octets of the request's body as it was transferred
 * @param responseOctets
 *            octets that went to the client after the response's head
 * @param target
 *            the host that the request went to; of state NONE if it went to none
 * @param tag
 *            tag in force at the end
 * @param label
 *            label in force at the end
 * @param reason
 *            why relayd answered itself, or why there was no answer; empty if the target's answer was passed on
 */
public record AccessEntry(String relay, String protocol, InetSocketAddress client, SentRequest request, long time,
        long duration, int status, long requestOctets, long responseOctets, TargetHost target, Optional<String> tag,
        Optional<String> label, Optional<String> reason) {
    /** Octets of memory that an entry takes beside the request, roughly. */
    private static final int OBJECTS = 256;

    /** Returns the number of octets of memory that the entry takes, roughly. */
    int size() {
        return OBJECTS + request.octets().length;
    }
}
