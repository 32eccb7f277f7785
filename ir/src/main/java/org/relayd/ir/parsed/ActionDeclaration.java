package org.relayd.ir.parsed;

import java.util.Optional;
import org.relayd.ir.source.Span;
import org.relayd.ir.term.ActionKind;
import org.relayd.ir.term.Direction;
import org.relayd.ir.term.EntityType;

/**
 * A protocol action of dialect 5.1.
 *
 * @param span
 *            the whole line
 * @param direction
 *            {@code request} unless written otherwise
 * @param type
 *            entity it works on
 * @param kind
 *            what it does
 * @param subject
 *            the key, a digest, or a file of keys
 * @param value
 *            value appended, set or compared; empty where none was written
 * @param mark
 *            {@code with N} of a mark action
 * @param marked
 *            {@code marked N}
 * @param log
 *            whether {@code log} stands at the end
 */
public record ActionDeclaration(Span span, Direction direction, EntityType type, ActionKind kind, Subject subject,
        Optional<Text> value,
        Optional<Count> mark, Optional<Count> marked, boolean log) implements ProtocolOption {

    /** What the action is about. */
    public sealed interface Subject {

        /** Returns the text. */
        Text text();

        /** A key, compared without regard to case. */
        record Key(Text text) implements Subject {}

        /** {@code digest d}: hash of a URL. */
        record Digest(Text text) implements Subject {}

        /** {@code file path}: one action per line. */
        record KeyFile(Text text) implements Subject {}
    }
}
