package org.relayd.compiler.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.relayd.ir.source.Origin;
import org.relayd.ir.source.Span;

/** The way that led to a place: macros that were expanded, files that were included, the nearest first. */
final class Trail {
    private Trail() {}

    /** One step of the way. */
    sealed interface Step {

        /** The place is in the value of a macro; defined on the command line if there is no definition. */
        record Expansion(String macro, Optional<Span> definition) implements Step {
            @Override
            public String toString() {
                return "in expansion of $" + macro + ", defined "
                        + definition.map(span -> "at " + DiagnosticPrinter.place(span)).orElse("by -D");
            }
        }

        /** The place is in an included file. */
        record Inclusion(Span statement) implements Step {
            @Override
            public String toString() {
                return "included from " + DiagnosticPrinter.place(statement);
            }
        }
    }

    static List<Step> of(Span place) {
        List<Step> steps = new ArrayList<>();
        Span at = place;
        while (true) {
            switch (at.source().origin()) {
                case Origin.Main() -> {
                    return steps;
                }
                case Origin.Included(Span statement) -> {
                    steps.add(new Step.Inclusion(statement));
                    at = statement;
                }
                case Origin.Expanded(String macro, Span use, Optional<Span> definition) -> {
                    steps.add(new Step.Expansion(macro, definition));
                    at = use;
                }
            }
        }
    }
}
