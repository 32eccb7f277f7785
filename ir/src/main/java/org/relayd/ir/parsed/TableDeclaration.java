package org.relayd.ir.parsed;

import java.util.List;
import org.relayd.ir.source.Span;

/**
 * A group of hosts, a template for the tables that forward lines derive from it. relayd.conf(5): TABLES.
 *
 * @param span
 *            the whole statement
 * @param name
 *            the name without angle brackets
 * @param disabled
 *            whether the table waits until relayctl(8) enables it
 * @param hosts
 *            all hosts of all lists in file order; may be empty, which is an error found later
 */
public record TableDeclaration(Span span, Text name, boolean disabled, List<HostEntry> hosts) implements Declaration {

    /** Copies the list. */
    public TableDeclaration {
        hosts = List.copyOf(hosts);
    }

    /**
     * A host of the list.
     *
     * @param span
     *            host and options
     * @param address
     *            numeric address, interface or host name
     * @param options
     *            in file order, repetitions included
     */
    public record HostEntry(Span span, Text address, List<HostOption> options) {

        /** Copies the list. */
        public HostEntry {
            options = List.copyOf(options);
        }
    }

    /** An option after a host. */
    public sealed interface HostOption {

        /** Returns keyword and value. */
        Span span();

        /** Returns the number. */
        Count value();

        /** {@code retry N}: failed checks that are forgiven, and connect attempts of relays. */
        record Retry(Span span, Count value) implements HostOption {}

        /** {@code parent N}: id of the host whose state this one follows; 0 for none. */
        record Parent(Span span, Count value) implements HostOption {}

        /** {@code priority N}: route priority, routers only. */
        record Priority(Span span, Count value) implements HostOption {}

        /** {@code ip ttl N}: time to live of check packets. */
        record Ttl(Span span, Count value) implements HostOption {}
    }
}
