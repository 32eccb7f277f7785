package org.relayd.runtime.relay.http.filter;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.relayd.ir.config.Filter;
import org.relayd.runtime.relay.http.head.FieldName;

/**
 * Which fields may stand after a chunked body. Filters never see trailers, and some recipients add them to the header:
 * what decides about framing, routing, authentication or the meaning of a message does not pass (RFC 9110 6.5.1), nor
 * do fields that a rule decides by, writes or removes, also when spelled with an underscore for a hyphen.
 */
public final class Trailers {
    private static final Set<FieldName> NEVER = Stream.of(
            // framing, routing, this hop
            "Content-Length", "Transfer-Encoding", "Trailer", "TE", "Host", "Connection", "Keep-Alive", "Upgrade",
            "Proxy-Connection", "Expect", "Via", "Forwarded",
            // who asks, and who may
            "Authorization", "Proxy-Authorization", "Proxy-Authenticate", "WWW-Authenticate", "Cookie", "Set-Cookie",
            // controls and conditions
            "Cache-Control", "Pragma", "Max-Forwards", "Range", "If-Match", "If-None-Match", "If-Modified-Since",
            "If-Unmodified-Since", "If-Range", "Age", "Expires", "Date", "Location", "Retry-After", "Vary", "Warning",
            // what the body is
            "Content-Encoding", "Content-Type", "Content-Range").map(FieldName::of)
            .collect(Collectors.toUnmodifiableSet());

    private final Set<FieldName> names;
    private final List<NameMatch> tests;

    /** The trailers of messages that a filter has looked at. */
    public Trailers(Filter filter) {
        names = NameMatch.names(filter, use -> use != NameMatch.Use.TELL).map(name -> hyphenated(name.toString()))
                .collect(Collectors.toUnmodifiableSet());
        tests = NameMatch.of(filter, use -> use != NameMatch.Use.TELL);
    }

    private static FieldName hyphenated(String name) {
        return FieldName.of(name.replace('_', '-'));
    }

    /** Returns whether a field of that name may pass. */
    public boolean pass(String name) {
        FieldName plain = hyphenated(name);
        return !NEVER.contains(plain) && !names.contains(plain)
                && tests.stream().noneMatch(test -> test.fits(name) || test.fits(plain.toString()));
    }
}
