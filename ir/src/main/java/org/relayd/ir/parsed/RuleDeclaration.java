package org.relayd.ir.parsed;

import java.util.List;
import java.util.Optional;
import org.relayd.ir.net.IpFamily;
import org.relayd.ir.source.Span;
import org.relayd.ir.term.Direction;
import org.relayd.ir.term.EntityOption;
import org.relayd.ir.term.EntityType;
import org.relayd.ir.term.RuleVerdict;

/**
 * A filter rule of the current dialect. relayd.conf(5): FILTER RULES.
 *
 * @param span
 *            the whole line
 * @param verdict
 *            match, pass or block
 * @param direction
 *            empty where none was written: request
 * @param quick
 *            whether evaluation ends here
 * @param family
 *            {@code inet} or {@code inet6}
 * @param from
 *            client address
 * @param to
 *            address the client connected to
 * @param options
 *            in file order, repetitions included
 */
public record RuleDeclaration(Span span, RuleVerdict verdict, Optional<Direction> direction, boolean quick,
        Optional<IpFamily> family,
        Optional<AddressSpec> from, Optional<AddressSpec> to, List<Option> options) implements ProtocolOption {

    /** Copies the list. */
    public RuleDeclaration {
        options = List.copyOf(options);
    }

    /** An address or name with an optional prefix length. */
    public record AddressSpec(Span span, Text address, Optional<Count> prefixLength) {}

    /** A key or value to match, as glob or, with {@code pattern}, as Lua pattern. */
    public record MatchText(Text text, boolean pattern) {}

    /** An option of the rule. */
    public sealed interface Option {

        /** Returns keyword and values. */
        Span span();

        /** {@code method name}. */
        record Method(Span span, Text name) implements Option {}

        /** {@code header|cookie|path|query|url [option] [[digest] key [value v]]}. */
        record Entity(Span span, EntityType type, Optional<EntityOption> option, boolean digest,
                Optional<MatchText> key,
                Optional<MatchText> value) implements Option {}

        /** {@code path strip N}, leading components. */
        record PathStrip(Span span, Count components) implements Option {}

        /** {@code file path [value v]}: keys for the entities of the rule, one rule per line. */
        record KeyFile(Span span, Text path, Optional<Text> value) implements Option {}

        /** {@code forward to <table>}. */
        record ForwardTo(Span span, Text table) implements Option {}

        /** {@code tag name}. */
        record Tag(Span span, Text name) implements Option {}

        /** {@code no tag}. */
        record NoTag(Span span) implements Option {}

        /** {@code tagged name}. */
        record Tagged(Span span, Text name) implements Option {}

        /** {@code label text}. */
        record Label(Span span, Text text) implements Option {}

        /** {@code no label}. */
        record NoLabel(Span span) implements Option {}
    }
}
