package org.relayd.ir.parsed;

import java.util.List;
import java.util.Optional;
import org.relayd.ir.source.Span;
import org.relayd.ir.term.ForwardMode;

/**
 * A layer 3 redirection. relayd.conf(5): REDIRECTIONS.
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
public record RedirectDeclaration(Span span, Span header, Text name, List<Option> options, Span closing)
        implements Declaration {

    /** Copies the list. */
    public RedirectDeclaration {
        options = List.copyOf(options);
    }

    /** A line of the section. */
    public sealed interface Option {

        /** Returns the whole line. */
        Span span();

        /** {@code listen on address [protocol] port p [interface i] [pflog]}; without protocol word it is tcp. */
        record Listen(Span span, Text address, Optional<Text> protocol, PortSpec port, Optional<Text> interfaceName,
                boolean pflog)
                implements Option {}

        /** {@code forward|route|transparent forward to <table> … [interface i]}. */
        record Forward(Span span, ForwardMode mode, TableUse table, Optional<Text> interfaceName) implements Option {}

        /** {@code disable}. */
        record Disable(Span span) implements Option {}

        /** {@code sticky-address}. */
        record StickyAddress(Span span) implements Option {}

        /** {@code [match] pftag name}, in 5.1 {@code [match] tag name}. */
        record PfTag(Span span, boolean match, Text name) implements Option {}

        /** {@code session timeout N}, seconds. */
        record SessionTimeout(Span span, Count seconds) implements Option {}
    }
}
