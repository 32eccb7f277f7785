package org.relayd.runtime.hce.check;

import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.relayd.ir.config.HealthCheck;
import org.relayd.runtime.dns.DnsQuery;

/**
 * Checks name servers. relayd.conf(5): EXTENSIONS, {@code check dns}.
 *
 * @param sockets
 *            makes the sockets, one for each check, so that each has a port of its own
 * @param ids
 *            gives the ids of queries, which nobody must be able to guess (RFC 5452)
 * @param wanted
 *            the name and the address it must have
 */
record DnsChecker(CheckSockets sockets, RandomGenerator ids, HealthCheck.Dns wanted) implements Checker {
    private static final int ALL_IDS = 0x10000;

    @Override
    public RunningCheck start(CheckTarget target, Consumer<CheckOutcome> done) {
        DnsQuery query = new DnsQuery(ids.nextInt(ALL_IDS), wanted.name(), wanted.address().family());
        return new DnsCheck(sockets, target, query, wanted.address(), done);
    }
}
