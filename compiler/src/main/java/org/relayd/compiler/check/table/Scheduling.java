package org.relayd.compiler.check.table;

import java.util.Optional;
import java.util.stream.Stream;
import org.relayd.compiler.check.state.Findings;
import org.relayd.ir.config.HashKey;
import org.relayd.ir.parsed.TableUse;
import org.relayd.ir.parsed.Text;
import org.relayd.ir.source.Span;
import org.relayd.ir.term.Dialect;
import org.relayd.ir.term.SchedulingMode;

/**
 * Mode and hash key of forward lines. relayd.conf(5): {@code mode}.
 *
 * <p>In dialect 5.1 a line without mode takes over the mode of the line above, until a table or a relay begins; in the
 * current dialect every line begins with round robin.
 */
public final class Scheduling {

    /** Where a forward line stands, which decides about the modes that work. */
    public enum Place {
        /** In a redirection. */
        REDIRECT,
        /** In a relay. */
        RELAY,
        /** In a router, where no mode has an effect. */
        ROUTER
    }

    /**
     * How a forward line chooses hosts.
     *
     * @param mode
     *            the mode
     * @param key
     *            the key of a hashing mode, if one is written
     */
    public record Choice(SchedulingMode mode, Optional<HashKey> key) {}

    private final Dialect dialect;
    private final Findings findings;
    private SchedulingMode mode = SchedulingMode.ROUNDROBIN;
    private Optional<Span> written = Optional.empty();

    Scheduling(Dialect dialect, Findings findings) {
        this.dialect = dialect;
        this.findings = findings;
    }

    /** Forgets the mode where a table is defined. */
    void beginTable() {
        reset();
    }

    /** Forgets the mode where a relay begins. */
    public void beginRelay() {
        reset();
    }

    /** Reads the mode options of a forward line; what is wrong goes to the findings. */
    Choice read(TableUse use, Place place) {
        if (dialect == Dialect.CURRENT) {
            reset();
        }
        boolean chosen = false;
        Optional<HashKey> key = Optional.empty();
        for (TableUse.Option option : use.options()) {
            if (option instanceof TableUse.Option.Mode(Span span, Optional<SchedulingMode> word, Optional<Text> text)) {
                chosen = true;
                mode = word.orElse(SchedulingMode.ROUNDROBIN);
                written = Optional.of(span);
                checkMode(span, place);
                if (text.isPresent()) {
                    key = readKey(text.get(), key);
                }
            }
        }
        if (!chosen) {
            carryOver(use.table().span(), place);
        }
        return new Choice(mode, key);
    }

    private void reset() {
        mode = SchedulingMode.ROUNDROBIN;
        written = Optional.empty();
    }

    private void checkMode(Span span, Place place) {
        if (!isSupported(mode, place)) {
            findings.add(TableUseErrors.modeNotSupported(span, place == Place.REDIRECT ? "redirections" : "relays",
                    Stream.of(SchedulingMode.values()).filter(each -> isSupported(each, place))
                            .map(SchedulingMode::word).toList()));
        }
    }

    private boolean isSupported(SchedulingMode wanted, Place place) {
        return switch (wanted) {
            case ROUNDROBIN -> true;
            case LEAST_STATES -> place == Place.REDIRECT;
            case LOADBALANCE, HASH -> place != Place.REDIRECT;
            case RANDOM, SOURCE_HASH -> place != Place.REDIRECT || dialect == Dialect.CURRENT;
        };
    }

    // A mode that cannot work here would stop OpenBSD's daemon, so it is not taken over.
    private void carryOver(Span table, Place place) {
        if (written.isEmpty() || mode == SchedulingMode.ROUNDROBIN || place == Place.ROUTER) {
            return;
        }
        if (isSupported(mode, place)) {
            findings.add(TableUseErrors.carriedMode(table, mode.word(), written.get()));
        } else {
            findings.add(TableUseErrors.carriedModeDropped(table, mode.word(), written.get()));
            reset();
        }
    }

    private Optional<HashKey> readKey(Text text, Optional<HashKey> earlier) {
        if (earlier.isPresent()) {
            findings.add(TableUseErrors.keyTwice(text));
            return earlier;
        }
        String value = text.value();
        boolean literal = value.startsWith("0x");
        if (literal && value.length() != 34) {
            findings.add(TableUseErrors.keyLength(text));
        } else if (literal && !value.substring(2).chars().allMatch(c -> c < 128 && Character.digit(c, 16) >= 0)) {
            findings.add(TableUseErrors.keyDigits(text));
        } else if (!isHashing()) {
            findings.add(TableUseErrors.keyNotSupported(text));
        } else {
            return Optional.of(new HashKey(value, literal));
        }
        return Optional.empty();
    }

    private boolean isHashing() {
        return switch (mode) {
            case LOADBALANCE, HASH, SOURCE_HASH -> true;
            case ROUNDROBIN, RANDOM, LEAST_STATES -> false;
        };
    }
}
