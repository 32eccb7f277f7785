package org.relayd.runtime.parent.door;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.relayd.ir.config.HealthCheck;
import org.relayd.ir.config.HostId;
import org.relayd.ir.config.RedirectId;
import org.relayd.ir.config.Table;
import org.relayd.ir.config.TableId;
import org.relayd.ir.config.TlsSettings;
import org.relayd.ir.config.TlsSettings.CaKey;
import org.relayd.ir.net.IpAddress;
import org.relayd.ir.net.IpFamily;
import org.relayd.ir.net.Port;
import org.relayd.ir.plan.Plan;
import org.relayd.ir.plan.RelayNode;
import org.relayd.ir.plan.RelayNode.TargetSource;
import org.relayd.ir.plan.RelayPath;
import org.relayd.ir.plan.TlsFiles;
import org.relayd.runtime.parent.ListenRequest;
import org.relayd.runtime.parent.ScriptRun;
import org.relayd.runtime.parent.message.Report;
import org.relayd.runtime.parent.message.Request;
import org.relayd.runtime.tls.OctetString;

/**
 * What a worker that executes a plan may ask for. Nothing that it says decides about that: all is compared with what
 * the parent has compiled. PROCESSES.md has a row for each request.
 *
 * @param prefork
 *            event loops, each with a socket of its own for each listener
 * @param relays
 *            what relays ask for
 * @param checks
 *            what health checks ask for
 * @param files
 *            the daemon's own files
 * @param keys
 *            certificates and keys
 * @param kernel
 *            what the packet filter's thread asks for
 * @param names
 *            what the worker may report on
 */
record Permits(int prefork, OfRelays relays, OfChecks checks, OfFiles files, OfKeys keys, KernelPermits kernel,
        Names names) {
    /** Bytes of the longest certificate to be signed. One has at most a few hundred names. */
    static final int LONGEST_LEAF = 1 << 16;

    /** A UDP socket. */
    record Datagram(IpAddress address, Port port) {}

    /**
     * What relays ask for.
     *
     * @param listeners
     *            of TCP, each alone and with further sockets
     * @param datagrams
     *            of UDP
     * @param foreign
     *            families in which a relay speaks with the addresses of its clients
     * @param translations
     *            whether a relay asks where its clients wanted to connect
     */
    record OfRelays(Set<ListenRequest> listeners, Set<Datagram> datagrams, Set<IpFamily> foreign,
            boolean translations) {}

    /**
     * What health checks ask for.
     *
     * @param echoes
     *            families of hosts that are checked by ICMP
     * @param scripts
     *            runs of scripts, one for each host of a table
     * @param runs
     *            how many there are in one round: the same one may be that of several tables
     */
    record OfChecks(Set<IpFamily> echoes, Set<ScriptRun> scripts, int runs) {}

    /**
     * The daemon's own files.
     *
     * @param control
     *            the control socket
     * @param logs
     *            access logs
     */
    record OfFiles(String control, Set<String> logs) {}

    /**
     * Certificates and keys.
     *
     * @param known
     *            files that anybody may know
     * @param keys
     *            private keys that sign handshakes
     * @param authorities
     *            whose private keys sign certificates
     */
    record OfKeys(Set<String> known, Set<String> keys, Set<PlanAuthority> authorities) {}

    /** What can have a state. */
    record Names(Set<HostId> hosts, Set<TableId> tables, Set<RedirectId> redirects) {}

    /**
     * Makes those of a plan.
     *
     * @param control
     *            path of the control socket
     */
    static Permits of(Plan plan, String control) {
        List<RelayPath> paths = plan.relays().paths();
        List<Table> tables = plan.health().tables();
        return new Permits(plan.relays().prefork(), relays(paths), checks(tables),
                new OfFiles(control, flat(paths, Permits::logs)), keys(paths), KernelPermits.of(plan),
                new Names(flat(tables, table -> table.hosts().stream().map(host -> host.id())),
                        flat(tables, table -> Stream.of(table.id())),
                        flat(plan.redirects().redirects(), redirect -> Stream.of(redirect.id()))));
    }

    /** Returns those of a worker that has no plan. */
    static Permits nothing() {
        return new Permits(0, new OfRelays(Set.of(), Set.of(), Set.of(), false),
                new OfChecks(Set.of(), Set.of(), 0), new OfFiles("", Set.of()),
                new OfKeys(Set.of(), Set.of(), Set.of()), KernelPermits.nothing(),
                new Names(Set.of(), Set.of(), Set.of()));
    }

    private static <T, R> Set<R> flat(List<T> all, Function<T, Stream<R>> parts) {
        return all.stream().flatMap(parts).collect(Collectors.toUnmodifiableSet());
    }

    private static OfRelays relays(List<RelayPath> paths) {
        Set<ListenRequest> listeners = new HashSet<>();
        Set<Datagram> datagrams = new HashSet<>();
        for (RelayPath path : paths) {
            RelayNode.Listen listen = path.listen();
            if (path.isDns()) {
                datagrams.add(new Datagram(listen.address(), listen.port()));
            } else {
                ListenRequest alone = new ListenRequest(listen.address(), listen.port(), listen.tcp(), false,
                        path.select().source() == TargetSource.DESTINATION);
                listeners.add(alone);
                listeners.add(alone.withFurther());
            }
        }
        return new OfRelays(Set.copyOf(listeners), Set.copyOf(datagrams),
                flat(paths, path -> Stream.of(path).filter(any -> any.connect().transparent())
                        .map(any -> any.listen().address().family())),
                paths.stream().anyMatch(path -> path.select().source() == TargetSource.NAT_LOOKUP));
    }

    private static OfChecks checks(List<Table> tables) {
        List<ScriptRun> runs = tables.stream().flatMap(Permits::runs).toList();
        return new OfChecks(flat(tables, Permits::echoes), Set.copyOf(runs), runs.size());
    }

    private static Stream<ScriptRun> runs(Table table) {
        return table.check().stream().flatMap(check -> check instanceof HealthCheck.Script(String path)
                ? table.hosts().stream().map(host -> new ScriptRun(path, host.name(), table.timeout()))
                : Stream.of());
    }

    private static Stream<IpFamily> echoes(Table table) {
        return table.check().stream().flatMap(check -> check instanceof HealthCheck.Icmp
                ? table.hosts().stream().map(host -> host.address().family())
                : Stream.of());
    }

    private static Stream<String> logs(RelayPath path) {
        return switch (path.inspect()) {
            case RelayNode.Inspect.Http http -> http.settings().accessLog().map(log -> log.file()).stream();
            case RelayNode.Inspect.Copy _,RelayNode.Inspect.Dns _ -> Stream.of();
        };
    }

    private static OfKeys keys(List<RelayPath> paths) {
        List<TlsFiles> files = paths.stream().map(TlsFiles::of).toList();
        return new OfKeys(flat(files, one -> one.known().stream()), flat(files, one -> one.keys().stream()),
                flat(paths, path -> TlsFiles.inspecting(path).map(Permits::authority).stream()));
    }

    private static PlanAuthority authority(TlsSettings inspecting) {
        CaKey key = inspecting.caKey().orElseThrow();
        return new PlanAuthority(key.path(), inspecting.caCert().orElseThrow(), key.password());
    }

    /**
     * Returns whether a request is one of this plan. Of some it is only known whether any such request is: numbers that
     * were given out are known to who gave them, and what the kernel is asked for depends on what was opened before.
     */
    boolean allow(Request request) {
        return switch (request) {
            case Request.Listen(ListenRequest wanted) -> relays.listeners.contains(wanted);
            case Request.Probe(ListenRequest wanted) -> relays.listeners.contains(wanted);
            case Request.BindDatagram(IpAddress address, Port port)
                    -> relays.datagrams.contains(new Datagram(address, port));
            case Request.OpenForeign(IpAddress source) -> relays.foreign.contains(source.family());
            case Request.NatLookup _ -> relays.translations;
            case Request.OpenEcho(IpFamily family) -> checks.echoes.contains(family);
            case Request.RunScript(ScriptRun run) -> checks.scripts.contains(run);
            case Request.ListenControl(String path) -> files.control.equals(path);
            // The listening store knows which one it has given.
            case Request.RemoveControl _ -> true;
            case Request.OpenLog(String path) -> files.logs.contains(path);
            case Request.FollowLog(String path, String _) -> files.logs.contains(path);
            case Request.DiscardLog(String path) -> files.logs.contains(path);
            case Request.ReadPublic(String path) -> keys.known.contains(path);
            case Request.OpenKey(String path, OctetString _) -> keys.keys.contains(path);
            case Request.OpenAuthority(String path, OctetString _)
                    -> keys.authorities.stream().anyMatch(authority -> authority.key().equals(path));
            case Request.SignLeaf(int _, OctetString leaf)
                    -> !keys.authorities.isEmpty() && leaf.toArray().length <= LONGEST_LEAF;
            case Request.CloseKey _ -> true;
            case Request.OpenKeyStream() -> !keys.keys.isEmpty();
            // The door of the kernel knows which plan is open in it.
            case Request.OfKernel _ -> true;
            case Request.First(),Request.Reload _ -> true;
        };
    }

    /** Returns whether a report is about something of this plan, if it is about any such thing. */
    boolean concerns(Report report) {
        return switch (report) {
            case Report.HostChanged(HostId host, var _) -> names.hosts.contains(host);
            case Report.HostSwitched(HostId host, boolean _) -> names.hosts.contains(host);
            case Report.TableSwitched(TableId table, boolean _) -> names.tables.contains(table);
            case Report.RedirectSwitched(RedirectId redirect, boolean _) -> names.redirects.contains(redirect);
            case Report.Serving _,Report.Committed _,Report.Abandoned _,Report.VerbositySwitched _,Report.CannotStart _,Report.Alive _,Report.StopAsked _
                    -> true;
        };
    }
}
