package org.relayd.ir.parsed;

import java.util.List;
import java.util.Optional;
import org.relayd.ir.source.Span;
import org.relayd.ir.term.SchedulingMode;

/**
 * A table named by a forward line with the options that make a derived table of it.
 *
 * @param span
 *            table and options
 * @param table
 *            the name without angle brackets
 * @param options
 *            in file order, repetitions included; never empty
 */
public record TableUse(Span span, Text table, List<Option> options) {

    /** Copies the list. */
    public TableUse {
        options = List.copyOf(options);
    }

    /** An option after the table. */
    public sealed interface Option {

        /** Returns keyword and value. */
        Span span();

        /** {@code check …}. */
        record Check(Span span, CheckDeclaration check) implements Option {}

        /** {@code port p}. */
        record TargetPort(Span span, PortSpec port) implements Option {}

        /** {@code timeout N}, milliseconds. */
        record Timeout(Span span, Count milliseconds) implements Option {}

        /** {@code interval N}, seconds. */
        record Interval(Span span, Count seconds) implements Option {}

        /** {@code demote group}. */
        record Demote(Span span, Text group) implements Option {}

        /** {@code mode [m] [key]}; without a word the mode is round robin. */
        record Mode(Span span, Optional<SchedulingMode> mode, Optional<Text> key) implements Option {}
    }
}
