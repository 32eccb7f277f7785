package org.relayd.ir.config;

import java.util.Optional;
import java.util.OptionalInt;
import org.relayd.ir.net.IpAddress;

/**
 * A member of a table.
 *
 * @param id
 *            its number over all tables
 * @param name
 *            as written in the file: an address, an interface or a host name
 * @param address
 *            the address it stands for
 * @param parent
 *            the host whose state it follows without being checked itself
 * @param retry
 *            failed checks that are forgiven, and further connect attempts of relays; default 0
 * @param ttl
 *            time to live of check packets, hops; empty for the system's
 * @param priority
 *            priority of routes over this gateway, 1 to 63; empty for the system's
 */
public record Host(HostId id, String name, IpAddress address, Optional<HostId> parent, int retry, OptionalInt ttl,
        OptionalInt priority) {}
