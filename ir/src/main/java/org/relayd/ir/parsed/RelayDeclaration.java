package org.relayd.ir.parsed;

import java.util.List;
import java.util.Optional;
import org.relayd.ir.source.Span;
import org.relayd.ir.term.ForwardMode;
import org.relayd.ir.term.ProxyProtocol;

/**
 * A layer 7 relay. relayd.conf(5): RELAYS.
 *
 * @param span
 *            the whole section
 * @param header
 *            keyword and name
 * @param name
 *            its name
 * @param options
 *            in file order
 * @param closing
 *            the closing brace, where the original reports what is missing
 */
public record RelayDeclaration(Span span, Span header, Text name, List<Option> options, Span closing)
        implements Declaration {

    /** Copies the list. */
    public RelayDeclaration {
        options = List.copyOf(options);
    }

    /** A line of the section. */
    public sealed interface Option {

        /** Returns the whole line. */
        Span span();

        /** {@code listen on address port p [tls]}. */
        record Listen(Span span, Text address, PortSpec port, boolean tls) implements Option {}

        /**
         * {@code [transparent] forward [with tls] to target [interface i] [inet | inet6 prefix] [proxy-protocol v]}.
         */
        record Forward(Span span, ForwardMode mode, boolean withTls, ForwardTarget target, Optional<Text> interfaceName,
                Optional<Mapping> mapping, Optional<ProxyProtocol> proxyProtocol) implements Option {}

        /** {@code protocol name}. */
        record UseProtocol(Span span, Text name) implements Option {}

        /** {@code session timeout N}, seconds. */
        record SessionTimeout(Span span, Count seconds) implements Option {}

        /** {@code disable}. */
        record Disable(Span span) implements Option {}
    }

    /** What a forward line names. */
    public sealed interface ForwardTarget {

        /** Returns the words after {@code to}. */
        Span span();

        /** A fixed address. */
        record ToAddress(Span span, Text address, PortSpec port, Optional<Count> retry) implements ForwardTarget {}

        /** {@code <table> options}. */
        record ToTable(TableUse use) implements ForwardTarget {
            @Override
            public Span span() {
                return use.span();
            }
        }

        /** {@code nat lookup [retry n]}: the address before the packet filter's translation. */
        record ToNatLookup(Span span, Optional<Count> retry) implements ForwardTarget {}

        /** {@code destination [retry n]}: the address that the client connected to. */
        record ToDestination(Span span, Optional<Count> retry) implements ForwardTarget {}
    }

    /** Change of the address family on the way to the target. */
    public sealed interface Mapping {

        /** Returns the words. */
        Span span();

        /** {@code inet}: the low 32 bits of an IPv6 address. */
        record ToInet(Span span) implements Mapping {}

        /** {@code inet6 prefix}: the IPv4 address under this prefix. */
        record ToInet6(Span span, Text prefix) implements Mapping {}
    }
}
