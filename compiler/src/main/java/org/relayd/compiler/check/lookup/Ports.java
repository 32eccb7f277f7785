package org.relayd.compiler.check.lookup;

import java.util.Optional;
import java.util.OptionalInt;
import org.relayd.compiler.check.state.Findings;
import org.relayd.compiler.environment.Environment;
import org.relayd.compiler.source.SimilarNames;
import org.relayd.ir.net.Port;
import org.relayd.ir.net.PortRange;
import org.relayd.ir.parsed.Count;
import org.relayd.ir.parsed.PortSpec;
import org.relayd.ir.parsed.Text;
import org.relayd.ir.source.Span;
import org.relayd.ir.term.Dialect;

/**
 * Turns what stands after {@code port} into numbers. relayd.conf(5): a number, a service name, or a range of either.
 */
public final class Ports {
    private final Environment environment;
    private final Findings findings;
    private final int highest;

    /**
     * @param environment
     *            knows services(5)
     * @param findings
     *            takes what is wrong
     * @param dialect
     *            5.1 refuses the bare number 65535
     */
    public Ports(Environment environment, Findings findings, Dialect dialect) {
        this.environment = environment;
        this.findings = findings;
        this.highest = switch (dialect) {
            case V5_1 -> 65534;
            case CURRENT -> 65535;
        };
    }

    /** Returns one port; empty, with an error, if it is none or a range. */
    public Optional<Port> single(PortSpec spec) {
        Optional<PortRange> range = range(spec);
        if (range.isPresent() && range.get().range()) {
            findings.add(PortErrors.range(spec.span()));
            return Optional.empty();
        }
        return range.map(PortRange::first);
    }

    /** Returns one port or a range; empty, with an error, if it is none. */
    public Optional<PortRange> range(PortSpec spec) {
        return switch (spec) {
            case PortSpec.Numeric(Count value) -> number(value).map(PortRange::single);
            case PortSpec.Named(Text text) -> text.value().indexOf(':') < 0
                    ? named(text.value(), text.span()).map(PortRange::single)
                    : rangeOf(text);
        };
    }

    private Optional<Port> number(Count value) {
        if (value.value() < 1 || value.value() > highest) {
            findings.add(PortErrors.outOfRange(value, highest));
            return Optional.empty();
        }
        return Optional.of(new Port((int) value.value()));
    }

    private Optional<PortRange> rangeOf(Text text) {
        int colon = text.value().indexOf(':');
        Optional<Port> first = named(text.value().substring(0, colon), text.span());
        // One message for one fault: the second side is looked at only if the first is good.
        return first.flatMap(low -> named(text.value().substring(colon + 1), text.span())
                .map(high -> new PortRange(low, high, true)));
    }

    // A quoted number may be 0, which the original lets through.
    private Optional<Port> named(String name, Span span) {
        OptionalInt number = decimal(name);
        if (number.isEmpty()) {
            number = environment.service(name, "tcp");
        }
        if (number.isEmpty()) {
            number = environment.service(name, "udp");
        }
        if (number.isEmpty()) {
            findings.add(PortErrors.unknown(name, span, SimilarNames.nearest(name, environment.services())));
            return Optional.empty();
        }
        if (number.getAsInt() == 0) {
            findings.add(PortErrors.zero(span));
        }
        return Optional.of(new Port(number.getAsInt()));
    }

    private static OptionalInt decimal(String name) {
        int value = 0;
        for (int at = 0; at < name.length(); at++) {
            int digit = name.charAt(at) - '0';
            if (digit < 0 || digit > 9) {
                return OptionalInt.empty();
            }
            value = value * 10 + digit;
            if (value > 65535) {
                return OptionalInt.empty();
            }
        }
        return name.isEmpty() ? OptionalInt.empty() : OptionalInt.of(value);
    }
}
