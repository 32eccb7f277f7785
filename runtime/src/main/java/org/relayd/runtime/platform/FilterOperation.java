package org.relayd.runtime.platform;

import java.util.List;
import org.relayd.ir.config.HostId;
import org.relayd.ir.config.RedirectId;

/** A change of the packet filter. relayd.conf(5): REDIRECTIONS. */
public sealed interface FilterOperation {

    /** Returns the redirection that is changed. */
    RedirectId redirect();

    /**
     * Makes these hosts, and no others, those that new connections go to. Connections that exist stay where they are.
     *
     * @param redirect
     *            the redirection
     * @param hosts
     *            hosts of its main table or of its backup table, in file order, never empty
     */
    record SetHosts(RedirectId redirect, List<HostId> hosts) implements FilterOperation {

        /** Copies the list. */
        public SetHosts {
            hosts = List.copyOf(hosts);
        }
    }

    /**
     * Removes all hosts.
     *
     * @param redirect
     *            the redirection
     */
    record FlushHosts(RedirectId redirect) implements FilterOperation {}

    /**
     * Forgets which clients stay with a host, so that they are given to another one.
     *
     * @param redirect
     *            the redirection, whose addresses are sticky
     * @param host
     *            a host that is down
     */
    record ForgetClients(RedirectId redirect, HostId host) implements FilterOperation {}

    /**
     * Begins to redirect; the hosts have been set before.
     *
     * @param redirect
     *            the redirection
     */
    record LoadRules(RedirectId redirect) implements FilterOperation {}

    /**
     * Ceases to redirect new connections; the hosts have been flushed before.
     *
     * @param redirect
     *            the redirection
     */
    record RemoveRules(RedirectId redirect) implements FilterOperation {}
}
