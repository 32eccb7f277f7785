package org.relayd.ir.parsed;

import org.relayd.ir.source.Span;

/** A TCP setting of a protocol. */
public sealed interface TcpSetting extends ProtocolOption {

    /** {@code [no] sack}. */
    record Sack(Span span, boolean enabled) implements TcpSetting {}

    /** {@code [no] nodelay}. */
    record Nodelay(Span span, boolean enabled) implements TcpSetting {}

    /** {@code [no] splice}. */
    record Splice(Span span, boolean enabled) implements TcpSetting {}

    /** {@code backlog N}, connections. */
    record Backlog(Span span, Count connections) implements TcpSetting {}

    /** {@code socket buffer N}, bytes. */
    record SocketBuffer(Span span, Count bytes) implements TcpSetting {}

    /** {@code ip ttl N} or {@code ip minttl N}, hops; the word is checked later, without regard to case. */
    record IpOption(Span span, Text name, Count hops) implements TcpSetting {}
}
