package org.relayd.ir.plan;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Predicate;
import org.relayd.ir.config.HashKey;
import org.relayd.ir.config.Host;
import org.relayd.ir.config.HostId;
import org.relayd.ir.config.Protocol;
import org.relayd.ir.config.Relay;
import org.relayd.ir.config.RelayId;
import org.relayd.ir.config.RelayTable;
import org.relayd.ir.config.Table;
import org.relayd.ir.net.IpAddress;
import org.relayd.ir.net.Port;
import org.relayd.ir.plan.RelayNode.Select;
import org.relayd.ir.term.SchedulingMode;

/**
 * What becomes of the relays of a running plan in the next one: relayctl(8) {@code reload}.
 *
 * @param steps
 *            one for each relay of the next plan, in its order
 * @param gone
 *            relays of the running plan whose listeners nobody takes over
 */
public record RelayDiff(List<Step> steps, List<RelayPath> gone) {

    /** Copies the lists. */
    public RelayDiff {
        steps = List.copyOf(steps);
        gone = List.copyOf(gone);
    }

    /** What is done for one relay of the next plan. */
    public sealed interface Step {

        /** Returns the relay in the next plan. */
        RelayPath after();

        /**
         * It does what it did: listeners, sessions, counters and hash keys stay. Only numbers may differ,
         * and how hosts are checked.
         */
        record Kept(RelayPath before, RelayPath after) implements Step {}

        /**
         * It does what it did, with other certificates or keys in the same files: all stays as it is, and connections
         * to come see the new ones.
         */
        record Rekeyed(RelayPath before, RelayPath after) implements Step {}

        /** It does something else with the clients of the same socket, which goes on accepting. */
        record Replaced(RelayPath before, RelayPath after) implements Step {}

        /** It needs a socket that is not there yet. */
        record Opened(RelayPath after) implements Step {}
    }

    /**
     * Compares two plans.
     *
     * @param sameDialect
     *            whether both are of one dialect; if not, no relay does what it did
     * @param running
     *            what stands in the files of the running plan
     * @param next
     *            what stands in those of the next one
     */
    public static RelayDiff between(RelayGraph before, RelayGraph after, boolean sameDialect, KeyPrints running,
            KeyPrints next) {
        List<RelayPath> left = new ArrayList<>(before.paths());
        List<Optional<RelayPath>> same = new ArrayList<>();
        for (RelayPath path : after.paths()) {
            same.add(sameDialect ? take(left, old -> Shape.of(old).equals(Shape.of(path))) : Optional.empty());
        }
        List<Step> steps = new ArrayList<>();
        for (int i = 0; i < same.size(); i++) {
            RelayPath path = after.paths().get(i);
            steps.add(same.get(i).map(old -> kept(old, path, running, next)).orElseGet(() -> moved(left, path)));
        }
        return new RelayDiff(steps, left);
    }

    private static Step kept(RelayPath old, RelayPath path, KeyPrints running, KeyPrints next) {
        boolean sameKeys = running.of(old.id()).equals(next.of(path.id()));
        return sameKeys ? new Step.Kept(old, path) : new Step.Rekeyed(old, path);
    }

    private static Step moved(List<RelayPath> left, RelayPath path) {
        return take(left, old -> sameSocket(old, path)).<Step>map(old -> new Step.Replaced(old, path))
                .orElseGet(() -> new Step.Opened(path));
    }

    private static Optional<RelayPath> take(List<RelayPath> from, Predicate<RelayPath> which) {
        Optional<RelayPath> found = from.stream().filter(which).findFirst();
        found.ifPresent(from::remove);
        return found;
    }

    private static boolean sameSocket(RelayPath one, RelayPath other) {
        return one.listen().address().equals(other.listen().address())
                && one.listen().port().equals(other.listen().port()) && one.isDns() == other.isDns()
                && (one.isDns() || Options.of(one).equals(Options.of(other)));
    }

    /**
     * The options that accepted connections take over from the listening socket, and whether it takes connections to
     * other addresses.
     */
    private record Options(Optional<Boolean> nodelay, OptionalInt socketBuffer, OptionalInt backlog, OptionalInt ttl,
            OptionalInt minTtl, boolean diverted) {
        static Options of(RelayPath path) {
            Protocol.TcpSettings tcp = path.listen().tcp();
            return new Options(tcp.nodelay(), tcp.socketBuffer(), tcp.backlog(), tcp.ttl(), tcp.minTtl(),
                    path.select().source() == RelayNode.TargetSource.DESTINATION);
        }
    }

    /**
     * A relay without the numbers of relay, tables and hosts, which shift with what stands before it in the file, and
     * without the checks, which are not its business.
     */
    private record Shape(String name, Duration sessionTimeout, RelayNode.Listen listen, RelayNode.Inspect inspect,
            List<Pool> pools, Optional<Relay.TargetAddress> fallback, RelayNode.TargetSource source, int retry,
            Optional<HashKey> key, RelayNode.Connect connect) {

        static Shape of(RelayPath path) {
            return switch (path) {
                case RelayPath(RelayId _, String name, Duration sessionTimeout, var listen, var inspect, Select(var tables, var fallback, var source, int retry, var key), var connect)
                        -> new Shape(name, sessionTimeout, listen, inspect, tables.stream().map(Pool::of).toList(),
                                fallback, source, retry, key, connect);
            };
        }
    }

    private record Pool(String template, Port port, SchedulingMode mode, boolean backup, List<Member> hosts) {
        static Pool of(RelayTable use) {
            return switch (use) {
                case RelayTable(Table table, SchedulingMode mode, boolean backup) -> new Pool(table.template(),
                        table.port(), mode, backup, table.hosts().stream().map(Member::of).toList());
            };
        }
    }

    private record Member(String name, IpAddress address, int retry) {
        static Member of(Host host) {
            return switch (host) {
                case Host(HostId _, String name, IpAddress address, var _, int retry, var _, var _)
                        -> new Member(name, address, retry);
            };
        }
    }
}
