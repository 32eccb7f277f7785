package org.relayd.ir.image;

import java.util.List;
import org.relayd.ir.config.HostId;
import org.relayd.ir.config.RedirectId;
import org.relayd.ir.net.IpAddress;

/**
 * What every back end knows of a redirection.
 *
 * @param id
 *            its id in the plan
 * @param name
 *            its name, which it keeps when a reload gives it another id
 * @param hosts
 *            those of the main table, then those of the backup table, in file order
 */
public record RedirectImage(RedirectId id, String name, List<HostAddress> hosts) {

    /** Copies the list. */
    public RedirectImage {
        hosts = List.copyOf(hosts);
    }

    /** Returns the address of one of the hosts. */
    public IpAddress address(HostId host) {
        return hosts.stream().filter(one -> one.id().equals(host)).map(HostAddress::address).findFirst().orElseThrow();
    }
}
