package org.relayd.ir.diagnostic;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.relayd.ir.source.Span;

/**
 * One message about a configuration.
 *
 * @param code
 *            kind of the message; gives its weight and manual section
 * @param primary
 *            the place that is wrong; empty for messages about the whole configuration, which print without FILE:LINE
 * @param message
 *            the text of the first line, the original's wording where the original has one
 * @param caption
 *            what the caret line says about the primary place; may be empty
 * @param labels
 *            other places that explain it, in the order of printing
 * @param notes
 *            further facts, one line each
 * @param help
 *            what to write instead, where that is known
 * @param audience
 *            who reads it
 */
public record Diagnostic(DiagnosticCode code, Optional<Span> primary, String message, String caption,
        List<Label> labels,
        List<String> notes, Optional<String> help, Audience audience) {

    /** Copies the lists. */
    public Diagnostic {
        labels = List.copyOf(labels);
        notes = List.copyOf(notes);
    }

    /** Creates a diagnostic about one place, without explanations. */
    public static Diagnostic at(DiagnosticCode code, Span primary, String message) {
        return new Diagnostic(code, Optional.of(primary), message, "", List.of(), List.of(), Optional.empty(),
                Audience.EVERYBODY);
    }

    /** Creates a diagnostic about the configuration as a whole. */
    public static Diagnostic global(DiagnosticCode code, String message) {
        return new Diagnostic(code, Optional.empty(), message, "", List.of(), List.of(), Optional.empty(),
                Audience.EVERYBODY);
    }

    /** Returns the same diagnostic with a text under the caret. */
    public Diagnostic captioned(String text) {
        return new Diagnostic(code, primary, message, text, labels, notes, help, audience);
    }

    /** Returns the same diagnostic with one more place. */
    public Diagnostic labelled(Span span, String text) {
        List<Label> more = new ArrayList<>(labels);
        more.add(new Label(span, text));
        return new Diagnostic(code, primary, message, caption, more, notes, help, audience);
    }

    /** Returns the same diagnostic with one more fact. */
    public Diagnostic noted(String note) {
        List<String> more = new ArrayList<>(notes);
        more.add(note);
        return new Diagnostic(code, primary, message, caption, labels, more, help, audience);
    }

    /** Returns the same diagnostic with advice. */
    public Diagnostic helped(String advice) {
        return new Diagnostic(code, primary, message, caption, labels, notes, Optional.of(advice), audience);
    }

    /** Returns the same diagnostic about another place. */
    public Diagnostic movedTo(Span place) {
        return new Diagnostic(code, Optional.of(place), message, caption, labels, notes, help, audience);
    }

    /** Returns the same diagnostic for another audience. */
    public Diagnostic heardBy(Audience other) {
        return new Diagnostic(code, primary, message, caption, labels, notes, help, other);
    }

    /** Returns whether the configuration is refused because of this diagnostic. */
    public boolean isError() {
        return code.severity() == Severity.ERROR;
    }
}
