package org.relayd.compiler.report;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.relayd.compiler.source.ReadingOrder;
import org.relayd.ir.diagnostic.Audience;
import org.relayd.ir.diagnostic.Diagnostic;
import org.relayd.ir.diagnostic.SourceCode;
import org.relayd.ir.diagnostic.SyntaxCode;
import org.relayd.ir.source.Span;

/**
 * Tells which faults OpenBSD finds. It gives a section up at its first fault, and the file in front of the first
 * section if there is a fault above; relayd reads on, so that people see all faults at once. Only faults of single
 * words are told by OpenBSD wherever they stand.
 */
public final class Audiences {
    private final List<Span> statements;
    private final Optional<Span> givenUp;
    private final Set<Integer> faulty = new HashSet<>();
    private Optional<Diagnostic> last = Optional.empty();

    private Audiences(List<Span> statements, Optional<Span> givenUp) {
        this.statements = statements;
        this.givenUp = givenUp;
    }

    /**
     * Finds the audience of each diagnostic.
     *
     * @param diagnostics
     *            in reading order
     * @param statements
     *            the first words of all statements of the top level, in reading order
     * @param givenUp
     *            the header where OpenBSD stops reading because of a fault above; empty if it reads the whole file
     * @return the same diagnostics without the consequences that OpenBSD does not tell either
     */
    public static List<Diagnostic> assign(List<Diagnostic> diagnostics, List<Span> statements,
            Optional<Span> givenUp) {
        Audiences audiences = new Audiences(statements, givenUp);
        List<Diagnostic> assigned = new ArrayList<>(diagnostics.size());
        for (Diagnostic diagnostic : diagnostics) {
            audiences.assign(diagnostic).ifPresent(assigned::add);
        }
        return assigned;
    }

    private Optional<Diagnostic> assign(Diagnostic diagnostic) {
        if (diagnostic.primary().isEmpty()) {
            return Optional.of(diagnostic);
        }
        Span place = diagnostic.primary().get();
        if (givenUp.isPresent() && ReadingOrder.compare(givenUp.get(), place) <= 0) {
            return forPeople(diagnostic);
        }
        if (!diagnostic.isError() || isWord(diagnostic)) {
            return Optional.of(diagnostic);
        }
        if (faulty.add(statementOf(place))) {
            last = Optional.of(diagnostic);
            return last;
        } else if (last.filter(told -> isSame(told, diagnostic)).isPresent()) {
            return Optional.empty();
        }
        last = Optional.of(diagnostic);
        return forPeople(diagnostic);
    }

    // A misspelt word makes the words after it wrong in the same way.
    private static boolean isSame(Diagnostic told, Diagnostic next) {
        Span a = told.primary().orElseThrow().site();
        Span b = next.primary().orElseThrow().site();
        return told.code() == next.code() && a.source() == b.source() && a.line() == b.line();
    }

    private static Optional<Diagnostic> forPeople(Diagnostic diagnostic) {
        return diagnostic.audience() == Audience.PROGRAMS ? Optional.empty()
                : Optional.of(diagnostic.heardBy(Audience.PEOPLE));
    }

    private static boolean isWord(Diagnostic diagnostic) {
        return diagnostic.code() instanceof SourceCode || diagnostic.code() == SyntaxCode.INVALID_NUMBER;
    }

    /** Returns the number of the last statement that begins at or in front of a place. */
    private int statementOf(Span place) {
        int low = 0;
        int high = statements.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (ReadingOrder.compare(statements.get(middle), place) <= 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
