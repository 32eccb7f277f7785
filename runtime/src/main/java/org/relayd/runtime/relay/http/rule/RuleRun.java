package org.relayd.runtime.relay.http.rule;

import java.util.ArrayList;
import java.util.List;
import org.relayd.ir.term.Direction;
import org.relayd.runtime.relay.http.head.FieldTable;
import org.relayd.runtime.relay.http.head.MessageHead;
import org.relayd.runtime.relay.http.head.Octets;

/**
 * The evaluation of rules for one message: what is looked at, which rules apply and what each of them found. Reused;
 * belongs to one event loop.
 */
public final class RuleRun {
    private final Pairs pairs = new Pairs();
    private final List<Applied> slots = new ArrayList<>();
    private MessageHead head = new MessageHead();
    private FilterSession session = FilterSession.none();
    private Direction direction = Direction.REQUEST;
    private boolean refused;
    private int applied;
    long[] candidates = new long[1];
    long[] urlMatches = new long[1];

    void begin(MessageHead nextHead, FilterSession nextSession, Direction nextDirection) {
        head = nextHead;
        session = nextSession;
        direction = nextDirection;
        refused = false;
        applied = 0;
    }

    /** A rule that applies, and what its conditions found. */
    static final class Applied {
        CompiledRule rule;
        final Found[] found = {new Found(), new Found(), new Found(), new Found(), new Found()};

        Applied(CompiledRule rule) {
            this.rule = rule;
        }
    }

    /** Returns where the next rule notes what it finds; it counts only after {@link #apply}. */
    Applied slot(CompiledRule rule) {
        if (applied == slots.size()) {
            slots.add(new Applied(rule));
        }
        Applied slot = slots.get(applied);
        slot.rule = rule;
        return slot;
    }

    /** Keeps the rule of the last slot. */
    void apply() {
        applied++;
    }

    /** Keeps what the last slot holds aside, so that another rule may use the slot. */
    Applied setAside() {
        Applied aside = slots.get(applied);
        slots.remove(applied);
        return aside;
    }

    /** Puts a rule that was set aside after all others. */
    void apply(Applied aside) {
        slots.add(applied, aside);
        applied++;
    }

    int applied() {
        return applied;
    }

    Applied applied(int index) {
        return slots.get(index);
    }

    MessageHead head() {
        return head;
    }

    FieldTable fields() {
        return head.fields();
    }

    byte[] octets() {
        return head.octets();
    }

    FilterSession session() {
        return session;
    }

    Direction direction() {
        return direction;
    }

    Pairs pairs() {
        return pairs;
    }

    /** Writes a log entry about a header field, as it is after what rules did to it. */
    void logField(int field) {
        FieldTable fields = head.fields();
        log(Octets.text(head.octets(), fields.nameAt(field), fields.nameLength(field)),
                head.value(field) + (fields.isRemoved(field) ? " (removed)" : ""));
    }

    /** Notes that a pattern was too costly for this message: it cannot be let through. */
    void refuse() {
        refused = true;
    }

    boolean isRefused() {
        return refused;
    }

    /** Writes a log entry of texts of the message: {@code [label, key: value]}, in braces for responses. */
    void log(String entryKey, String value) {
        String key = LogText.of(entryKey);
        String label = session.label().map(text -> LogText.ofWritten(text) + ", ").orElse("");
        String tail = value.isEmpty() ? "" : ": " + LogText.of(value);
        session.log(switch (direction) {
            case REQUEST -> " [" + label + key + tail + "]";
            case RESPONSE -> " {" + label + key + tail + "}";
        });
    }
}
