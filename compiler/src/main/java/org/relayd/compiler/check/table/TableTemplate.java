package org.relayd.compiler.check.table;

import java.util.List;
import java.util.OptionalInt;
import org.relayd.ir.config.NamedTable;
import org.relayd.ir.net.IpAddress;
import org.relayd.ir.parsed.Text;
import org.relayd.ir.source.Span;

/**
 * A table as it is defined. Forward lines copy it.
 *
 * @param name
 *            its name
 * @param disabled
 *            whether all its uses begin disabled
 * @param timeout
 *            milliseconds of one check, from the global settings in effect at the definition
 * @param hosts
 *            in file order, never empty
 */
public record TableTemplate(Text name, boolean disabled, long timeout, List<HostTemplate> hosts) {

    /** Returns the table as one that nothing but rules name. */
    public NamedTable named() {
        return new NamedTable(name.value(), disabled, hosts.stream().map(HostTemplate::member).toList());
    }

    /**
     * A host of the definition.
     *
     * @param name
     *            as written
     * @param address
     *            what it stands for
     * @param options
     *            its options
     */
    record HostTemplate(String name, IpAddress address, HostOptions options) {
        private NamedTable.Member member() {
            return new NamedTable.Member(name,
                    options.parent == 0 ? OptionalInt.empty() : OptionalInt.of(options.parent), options.retry,
                    options.ttl, options.priority);
        }
    }

    /**
     * Options of a host.
     *
     * @param retry
     *            failed checks that are forgiven
     * @param parent
     *            id of another host, 0 for none
     * @param parentSpan
     *            where the parent is written; the host where it is not
     * @param ttl
     *            hops, if set
     * @param priority
     *            route priority, if set
     */
    record HostOptions(int retry, int parent, Span parentSpan, OptionalInt ttl, OptionalInt priority) {}
}
