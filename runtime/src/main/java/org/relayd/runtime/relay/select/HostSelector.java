package org.relayd.runtime.relay.select;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.relayd.ir.config.RelayTable;
import org.relayd.ir.config.Table;
import org.relayd.ir.net.Port;
import org.relayd.ir.plan.RelayPath;
import org.relayd.ir.term.Dialect;
import org.relayd.ir.term.SchedulingMode;
import org.relayd.runtime.HostStates;

/**
 * Chooses the target of a session (relayd.conf(5): TABLES and RELAYS, mode): the first table that has a usable
 * host, and in it a host by the table's mode; if that one cannot be reached, another one of the table. Shared by all
 * event loops; what changes are only the places that round robin has reached.
 */
public final class HostSelector {
    /** Tries with the halved hash before the neighbours of a host that is down. */
    private static final int HALVINGS = 5;

    private volatile List<Pool> pools;
    private final TargetHost fallback;
    private final RelayPath path;
    private final TargetAddresses addresses;
    private final byte[] listenAddress;

    /** Makes the selector of a relay; the states of its tables are asked for now. */
    public HostSelector(RelayPath path, Dialect dialect, HostStates states) {
        this.path = path;
        addresses = new TargetAddresses(path);
        pools = path.select().tables().stream().map(table -> pool(path, table, dialect, states, addresses)).toList();
        fallback = path.select().fallback()
                .map(target -> addresses.target(target.name(), target.address(), target.port(),
                        path.select().retry()))
                .orElseGet(() -> TargetHost.none(new Port(0)));
        listenAddress = path.listen().address().bytes();
    }

    private static Pool pool(RelayPath path, RelayTable use, Dialect dialect, HostStates states,
            TargetAddresses addresses) {
        Table table = use.table();
        List<TargetHost> hosts = table.hosts().stream()
                .map(host -> addresses.target(host.name(), host.address(), table.port(), host.retry())).toList();
        HashMethod method = switch (dialect) {
            case V5_1 -> HashMethod.Multiplicative.of(path.name(), table.name());
            case CURRENT -> HashMethod.Keyed.of(path.select().key());
        };
        return new Pool(table.template(), use.mode(), hosts, states.of(table.id()), method, new AtomicInteger());
    }

    /** Asks again for the states of the tables, which are the same ones in the next plan. Any thread. */
    public void adopt(RelayPath next, HostStates states) {
        List<Pool> adopted = new ArrayList<>();
        for (int i = 0; i < pools.size(); i++) {
            adopted.add(pools.get(i).with(states.of(next.select().tables().get(i).table().id())));
        }
        pools = List.copyOf(adopted);
    }

    /** Returns whether no host is usable yet, and one may be as soon as it has been checked. */
    public boolean isAwaited() {
        List<Pool> present = pools;
        return present.stream().noneMatch(Pool::isUsable) && present.stream().anyMatch(Pool::isAwaited);
    }

    /** Returns the port that the session line shows while no target is chosen. */
    public int configuredPort() {
        return fallback.port();
    }

    /**
     * Returns the number of the table that a rule names.
     *
     * @return empty if the relay has no such table; then the rule has no effect
     */
    public Optional<Integer> tableNamed(String template) {
        for (int i = 0; i < pools.size(); i++) {
            if (pools.get(i).template.equals(template)) {
                return Optional.of(i);
            }
        }
        return Optional.empty();
    }

    /**
     * Chooses a target.
     *
     * @param client
     *            octets of the client's address
     * @param input
     *            values that HTTP rules hashed; emptied
     * @return a target of state NONE if there is none
     */
    public TargetHost select(byte[] client, HashInput input) {
        List<Pool> present = pools;
        if (present.isEmpty()) {
            input.clear();
            return fallback;
        }
        for (Pool pool : present) {
            if (pool.isUsable()) {
                return pool.choose(hash(pool, client, input), Set.of());
            }
        }
        input.clear();
        return TargetHost.none(new Port(0));
    }

    /**
     * Chooses another host of the table of hosts that could not be reached.
     *
     * @param tried
     *            the hosts, compared by identity; at least one
     * @param values
     *            whether HTTP rules hashed values for the first choice
     * @return empty if the table has no other usable host, if its hash ties the client or the values to the first one,
     *         or if they are of no table
     */
    public Optional<TargetHost> another(Set<TargetHost> tried, boolean values, byte[] client) {
        for (Pool pool : pools) {
            if (pool.hosts.stream().anyMatch(tried::contains)) {
                return pool.ties(values) || !pool.hasHost(tried) ? Optional.empty()
                        : Optional.of(pool.choose(hash(pool, client, new HashInput()), tried));
            }
        }
        return Optional.empty();
    }

    /**
     * Takes the address that the client meant; where that is not known, or is the relay itself, what
     * {@link #select(byte[], HashInput)} chooses.
     *
     * @return a target of state LOOP or NONE if there is nothing else either
     */
    public TargetHost meant(Optional<InetSocketAddress> address, byte[] client, HashInput input) {
        TargetHost meant = address.map(addresses::meant).orElseGet(() -> TargetHost.none(new Port(0)));
        return switch (meant.state()) {
            case USABLE, INVALID -> {
                input.clear();
                yield meant;
            }
            case LOOP, NONE -> {
                TargetHost other = select(client, input);
                yield other.state() == TargetHost.State.NONE ? meant : other;
            }
        };
    }

    /** Chooses a target in one table only; NONE if it has no usable host. */
    public TargetHost select(int table, byte[] client, HashInput input) {
        Pool pool = pools.get(table);
        if (pool.isUsable()) {
            return pool.choose(hash(pool, client, input), Set.of());
        }
        input.clear();
        return TargetHost.none(new Port(0));
    }

    /** Returns the hash for a table whose mode needs one. */
    private long hash(Pool pool, byte[] client, HashInput input) {
        HashMethod method = pool.method;
        if (method instanceof HashMethod.Multiplicative plain && input.isBegun()) {
            method = plain.seeded();
        }
        long hash = switch (pool.mode) {
            case ROUNDROBIN, RANDOM, LEAST_STATES -> 0;
            case SOURCE_HASH -> {
                input.add(client);
                yield method.hash(input);
            }
            case LOADBALANCE -> {
                input.add(client);
                yield listenHash(method, input);
            }
            case HASH -> listenHash(method, input);
        };
        input.clear();
        return hash;
    }

    private long listenHash(HashMethod method, HashInput input) {
        input.add(listenAddress);
        input.addPort(path.listen().port().number());
        return method.hash(input);
    }

    /** One table of the relay. */
    private record Pool(String template, SchedulingMode mode, List<TargetHost> hosts, HostStates.TableHosts states,
            HashMethod method, AtomicInteger next) {

        Pool with(HostStates.TableHosts others) {
            return new Pool(template, mode, hosts, others, method, next);
        }

        boolean isUsable() {
            return hasHost(Set.of());
        }

        boolean isAwaited() {
            return IntStream.range(0, hosts.size()).anyMatch(states::isAwaited);
        }

        /** Returns whether there is a usable host besides those that were tried. */
        boolean hasHost(Set<TargetHost> tried) {
            for (int i = 0; i < hosts.size(); i++) {
                if (isFree(i, tried)) {
                    return true;
                }
            }
            return false;
        }

        private boolean isFree(int index, Set<TargetHost> tried) {
            return states.isUsable(index) && !tried.contains(hosts.get(index));
        }

        /** Returns whether the mode keeps a client, or what requests ask for, at one host as long as that is usable. */
        boolean ties(boolean values) {
            return switch (mode) {
                case ROUNDROBIN, RANDOM, LEAST_STATES -> false;
                case SOURCE_HASH, LOADBALANCE -> true;
                case HASH -> values;
            };
        }

        TargetHost choose(long hash, Set<TargetHost> tried) {
            return hosts.get(switch (mode) {
                case ROUNDROBIN, LEAST_STATES -> roundRobin(tried);
                case RANDOM -> walk(ThreadLocalRandom.current().nextInt(hosts.size()), tried);
                case SOURCE_HASH, LOADBALANCE, HASH -> walk(hashed(hash), tried);
            });
        }

        private int roundRobin(Set<TargetHost> tried) {
            while (true) {
                int start = next.get();
                int chosen = walk(start, tried);
                if (next.compareAndSet(start, (chosen + 1) % hosts.size())) {
                    return chosen;
                }
            }
        }

        private int hashed(long hash) {
            int index = (int) Long.remainderUnsigned(hash, hosts.size());
            if (method.halves()) {
                long rest = hash;
                for (int i = 1; i < Math.min(hosts.size(), HALVINGS) && !states.isUsable(index); i++) {
                    rest >>>= 1;
                    index = (int) Long.remainderUnsigned(rest, hosts.size());
                }
            }
            return index;
        }

        /**
         * Returns the first usable host from a place on, going round, that was not tried; the place itself if all went
         * down meanwhile.
         */
        private int walk(int start, Set<TargetHost> tried) {
            for (int i = 0; i < hosts.size(); i++) {
                int index = (start + i) % hosts.size();
                if (isFree(index, tried)) {
                    return index;
                }
            }
            return start;
        }
    }
}
