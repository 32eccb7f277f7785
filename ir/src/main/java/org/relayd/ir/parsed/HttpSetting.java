package org.relayd.ir.parsed;

import org.relayd.ir.source.Span;

/** An HTTP setting of a protocol. */
public sealed interface HttpSetting extends ProtocolOption {

    /** {@code headerlen N}, bytes. */
    record HeaderLength(Span span, Count bytes) implements HttpSetting {}

    /** {@code [no] websockets}. */
    record Websockets(Span span, boolean enabled) implements HttpSetting {}
}
