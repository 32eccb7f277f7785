package org.relayd.ir.parsed;

import org.relayd.ir.source.Span;

/** What stands after {@code port}. */
public sealed interface PortSpec {

    /** Returns where it stands, without the word {@code port}. */
    Span span();

    /** A number token. */
    record Numeric(Count value) implements PortSpec {
        @Override
        public Span span() {
            return value.span();
        }
    }

    /** A service name, a quoted number or a range {@code a:b}. */
    record Named(Text text) implements PortSpec {
        @Override
        public Span span() {
            return text.span();
        }
    }
}
