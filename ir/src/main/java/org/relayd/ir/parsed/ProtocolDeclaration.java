package org.relayd.ir.parsed;

import java.util.List;
import java.util.Optional;
import org.relayd.ir.source.Span;

/**
 * A template of settings and rules for relays. relayd.conf(5): PROTOCOLS.
 *
 * @param span
 *            the whole section
 * @param header
 *            type, keyword and name
 * @param type
 *            the word in front of {@code protocol}; empty for tcp
 * @param name
 *            its name
 * @param options
 *            in file order
 * @param closing
 *            the closing brace, or the end of the header where there is no block
 */
public record ProtocolDeclaration(Span span, Span header, Optional<Text> type, Text name, List<ProtocolOption> options,
        Span closing)
        implements Declaration {

    /** Copies the list. */
    public ProtocolDeclaration {
        options = List.copyOf(options);
    }
}
