package org.relayd.ir.parsed;

import java.util.List;
import java.util.Optional;
import org.relayd.ir.source.Span;
import org.relayd.ir.term.ForwardMode;

/**
 * A set of routes with health-checked gateways. relayd.conf(5): ROUTERS.
 *
 * @param span
 *            the whole section
 * @param header
 *            keyword and name
 * @param name
 *            its name
 * @param options
 *            in file order
 * @param closing
 *            the closing brace, where the original reports what is missing
 */
public record RouterDeclaration(Span span, Span header, Text name, List<Option> options, Span closing)
        implements Declaration {

    /** Copies the list. */
    public RouterDeclaration {
        options = List.copyOf(options);
    }

    /** A line of the section. */
    public sealed interface Option {

        /** Returns the whole line. */
        Span span();

        /** {@code route address[/length]}. */
        record RouteLine(Span span, Text address, Optional<Count> prefixLength) implements Option {}

        /** {@code forward to <table> …}; other modes are refused later. */
        record Forward(Span span, ForwardMode mode, TableUse table) implements Option {}

        /** {@code rtable N}. */
        record Rtable(Span span, Count id) implements Option {}

        /** {@code rtlabel text}. */
        record Rtlabel(Span span, Text label) implements Option {}

        /** {@code disable}; the original crashes on it. */
        record Disable(Span span) implements Option {}
    }
}
