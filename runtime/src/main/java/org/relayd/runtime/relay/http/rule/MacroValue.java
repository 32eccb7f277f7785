package org.relayd.runtime.relay.http.rule;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.relayd.ir.term.Direction;
import org.relayd.runtime.relay.http.head.MessageHead;
import org.relayd.runtime.relay.http.head.Octets;

/**
 * A value that a rule writes, with the runtime macros of relayd.conf(5) in it: {@code $REMOTE_ADDR} and its relatives.
 * What is no macro stays as it is written. Immutable; any thread.
 */
public final class MacroValue {
    private static final byte[] SERVER_NAME = Octets.of("OpenBSD relayd");
    private final List<Part> parts;

    private MacroValue(List<Part> parts) {
        this.parts = List.copyOf(parts);
    }

    private enum Macro {
        REMOTE_ADDR, REMOTE_PORT, SERVER_ADDR, SERVER_PORT, SERVER_NAME, TIMEOUT, HOST
    }

    /** A piece of the value: octets as written, or a macro. */
    private sealed interface Part {

        byte[] octets(MessageHead head, FilterSession session, Direction direction);
    }

    private static final class Text implements Part {
        private final byte[] octets;

        Text(String text) {
            octets = Octets.written(text);
        }

        @Override
        public byte[] octets(MessageHead head, FilterSession session, Direction direction) {
            return octets;
        }
    }

    private record Variable(Macro macro) implements Part {

        @Override
        public byte[] octets(MessageHead head, FilterSession session, Direction direction) {
            return switch (macro) {
                case REMOTE_ADDR -> remote(session, direction).address();
                case REMOTE_PORT -> remote(session, direction).port();
                case SERVER_ADDR -> session.relay().address();
                case SERVER_PORT -> session.relay().port();
                case SERVER_NAME -> SERVER_NAME;
                case TIMEOUT -> session.timeout();
                case HOST -> head.hostField() < 0 ? session.relay().address() : Octets.of(head.value(head.hostField()));
            };
        }
    }

    private static FilterSession.Endpoint remote(FilterSession session, Direction direction) {
        return switch (direction) {
            case REQUEST -> session.client();
            case RESPONSE -> session.target();
        };
    }

    /**
     * Takes a value apart.
     *
     * @param hostKnown
     *            whether {@code $HOST} is a macro; it is not in dialect 5.1
     */
    public static MacroValue of(String value, boolean hostKnown) {
        List<Part> parts = new ArrayList<>();
        int textAt = 0;
        int at = value.indexOf('$');
        while (at >= 0) {
            int next = at + 1;
            Optional<Macro> found = macroAt(value, next, hostKnown);
            if (found.isPresent()) {
                addText(parts, value.substring(textAt, at));
                parts.add(new Variable(found.get()));
                next += found.get().name().length();
                textAt = next;
            }
            at = value.indexOf('$', next);
        }
        addText(parts, value.substring(textAt));
        return new MacroValue(parts);
    }

    private static Optional<Macro> macroAt(String value, int at, boolean hostKnown) {
        for (Macro macro : Macro.values()) {
            if (value.startsWith(macro.name(), at) && (hostKnown || macro != Macro.HOST)) {
                return Optional.of(macro);
            }
        }
        return Optional.empty();
    }

    private static void addText(List<Part> parts, String text) {
        if (!text.isEmpty()) {
            parts.add(new Text(text));
        }
    }

    /** Returns the value for one message. Not to be changed. */
    public byte[] octets(MessageHead head, FilterSession session, Direction direction) {
        if (parts.size() == 1) {
            return parts.getFirst().octets(head, session, direction);
        }
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (Part part : parts) {
            all.writeBytes(part.octets(head, session, direction));
        }
        return all.toByteArray();
    }
}
