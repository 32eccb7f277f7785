package org.relayd.compiler.check.protocol;

import java.util.Optional;
import org.relayd.ir.config.Rule.Match;
import org.relayd.ir.diagnostic.Diagnostic;
import org.relayd.ir.diagnostic.ProtocolCode;
import org.relayd.ir.source.Span;
import org.relayd.ir.term.EntityType;

/**
 * A header or cookie that a rule or action writes. The name of a header must be a token (RFC 9110 5.6.2); that of a
 * cookie may have other letters too, as browsers have it, but nothing that parts cookies. A value may hold no control
 * character but tab (RFC 9110 5.5). Others would write no field, or more than one.
 *
 * @param type
 *            header or cookie
 * @param name
 *            as written; names with wildcards are judged elsewhere
 * @param value
 *            as written, before macros are replaced; what replaces them comes out of fields
 */
record WrittenField(EntityType type, String name, Optional<String> value) {
    private static final String MARKS = "!#$%&'*+-.^_`|~";
    private static final String PARTS = "=,;\"";

    /** Returns what is wrong with it, if anything is; {@code place} is where it stands. */
    Optional<Diagnostic> fault(Span place) {
        boolean one = new Match(name, false).isLiteral();
        if (one && (name.isEmpty() || !name.codePoints().allMatch(this::names))) {
            return Optional.of(error(place, "cannot write a " + type.word() + " named \"" + shown(name) + "\"",
                    type == EntityType.COOKIE ? "a name has no blanks and none of " + PARTS
                            : "a name has letters, digits and " + MARKS + " only"));
        }
        if (value.isPresent() && value.get().codePoints().anyMatch(WrittenField::controls)) {
            return Optional.of(error(place, "cannot write such a value of " + type.word() + " " + name,
                    "holds a control character: \"" + shown(value.get()) + "\""));
        }
        return Optional.empty();
    }

    private static Diagnostic error(Span place, String message, String caption) {
        return Diagnostic.at(ProtocolCode.FIELD_TO_WRITE, place, message).captioned(caption);
    }

    /** A backslash takes the meaning of the character after it away, and is not written. */
    private boolean names(int character) {
        return character == '\\' || (type == EntityType.COOKIE
                ? character > ' ' && character != 0x7f && PARTS.indexOf(character) < 0
                : character < 0x80 && (Character.isLetterOrDigit(character) || MARKS.indexOf(character) >= 0));
    }

    private static boolean controls(int character) {
        return (character < ' ' && character != '\t') || character == 0x7f;
    }

    private static String shown(String text) {
        StringBuilder shown = new StringBuilder();
        text.codePoints().forEach(character -> {
            if (controls(character) || character == '\t') {
                shown.append("\\x%02X".formatted(character));
            } else {
                shown.appendCodePoint(character);
            }
        });
        return shown.toString();
    }
}
