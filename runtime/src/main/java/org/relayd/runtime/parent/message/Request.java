package org.relayd.runtime.parent.message;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.relayd.ir.net.IpAddress;
import org.relayd.ir.net.IpFamily;
import org.relayd.ir.net.Port;
import org.relayd.runtime.parent.ListenRequest;
import org.relayd.runtime.parent.ScriptRun;
import org.relayd.runtime.platform.FilterOperation;
import org.relayd.runtime.platform.RouteOperation;
import org.relayd.runtime.tls.OctetString;

/** What the worker asks the parent for. Each is answered by one {@link Reply}, in any order. */
public sealed interface Request {

    /** What relays ask for: {@link org.relayd.runtime.parent.RelayRights}. */
    sealed interface OfRelays extends Request {}

    /** A TCP listener. Answered by {@link Reply.Socket}. */
    record Listen(ListenRequest wanted) implements OfRelays {}

    /** Whether a TCP listener could be made. Answered by {@link Reply.Done}. */
    record Probe(ListenRequest wanted) implements OfRelays {}

    /** A bound UDP socket. Answered by {@link Reply.Socket}. */
    record BindDatagram(IpAddress address, Port port) implements OfRelays {}

    /** A TCP socket bound to the address of another machine. Answered by {@link Reply.Socket}. */
    record OpenForeign(IpAddress source) implements OfRelays {}

    /** Where a client wanted to connect. Answered by {@link Reply.Address} or {@link Reply.Nothing}. */
    record NatLookup(InetSocketAddress client, InetSocketAddress local) implements OfRelays {}

    /** What health checks ask for: {@link org.relayd.runtime.parent.CheckRights}. */
    sealed interface OfChecks extends Request {}

    /** A socket for ICMP echo. Answered by {@link Reply.EchoSocket}. */
    record OpenEcho(IpFamily family) implements OfChecks {}

    /** A run of a check script. Answered by {@link Reply.Ended} when it is over. */
    record RunScript(ScriptRun run) implements OfChecks {}

    /** The daemon's own files: {@link org.relayd.runtime.parent.FileRights}. */
    sealed interface OfFiles extends Request {}

    /** The control socket. Answered by {@link Reply.NamedSocket}. */
    record ListenControl(String path) implements OfFiles {}

    /** The end of the control socket. Answered by {@link Reply.Done}. */
    record RemoveControl(String path, String identity) implements OfFiles {}

    /** An access log. Answered by {@link Reply.OpenedLog}. */
    record OpenLog(String path) implements OfFiles {}

    /** An access log after a rotation. Answered by {@link Reply.OpenedLog} or {@link Reply.Nothing}. */
    record FollowLog(String path, String identity) implements OfFiles {}

    /** The removal of an empty access log. Answered by {@link Reply.Done}. */
    record DiscardLog(String path) implements OfFiles {}

    /** Certificates and keys: {@link org.relayd.runtime.parent.KeyRights}. */
    sealed interface OfKeys extends Request {}

    /** The content of a file of certificates. Answered by {@link Reply.Octets}. */
    record ReadPublic(String path) implements OfKeys {}

    /**
     * A key to sign handshakes with. Answered by {@link Reply.Key}.
     *
     * @param path
     *            file of the key
     * @param certificate
     *            DER of the certificate that it must fit
     */
    record OpenKey(String path, OctetString certificate) implements OfKeys {}

    /**
     * The key of an authority, for inspection. Answered by {@link Reply.Key}.
     *
     * @param path
     *            file of the key, as {@code ca key} names it
     * @param certificate
     *            DER of the authority's certificate
     */
    record OpenAuthority(String path, OctetString certificate) implements OfKeys {}

    /**
     * A certificate for a client of an inspecting relay. Answered by {@link Reply.Octets}, the signature.
     *
     * @param key
     *            what {@link Reply.Key} said of the authority
     * @param certificate
     *            DER of what is signed (TBSCertificate, RFC 5280 4.1)
     */
    record SignLeaf(int key, OctetString certificate) implements OfKeys {}

    /** That a key is not used any more. Answered by {@link Reply.Done}. */
    record CloseKey(int key) implements OfKeys {}

    /** A stream for signatures, which are too many to go with other messages. Answered by {@link Reply.Socket}. */
    record OpenKeyStream() implements OfKeys {}

    /** What the packet filter's thread asks for: {@link org.relayd.runtime.platform.Kernel}. */
    sealed interface OfKernel extends Request {}

    /** Its packet filter. */
    sealed interface OfFilter extends OfKernel {}

    /**
     * The redirections of a plan. Answered by {@link Reply.Done}.
     *
     * @param plan
     *            number of the plan
     * @param empty
     *            whether none of them is meant, only their packet filter
     */
    record OpenFilter(int plan, boolean empty) implements OfFilter {}

    /** A round of operations. Answered by {@link Reply.Changes}. */
    record ApplyFilter(List<FilterOperation> round) implements OfFilter {

        /** Copies the list. */
        public ApplyFilter {
            round = List.copyOf(round);
        }
    }

    /** The connections of redirections. Answered by {@link Reply.Counts}. */
    record CountConnections() implements OfFilter {}

    /** A look at the balance of hosts. Answered by {@link Reply.Done}. */
    record RebalanceFilter() implements OfFilter {}

    /** The end of redirections. Answered by {@link Reply.Done}. */
    record CloseFilter() implements OfFilter {}

    /** Its routing table. */
    sealed interface OfRoutes extends OfKernel {}

    /** The routers of a plan, or none of them. Answered by {@link Reply.Done}. */
    record OpenRoutes(int plan, boolean empty) implements OfRoutes {}

    /** A round of operations on routes. Answered by {@link Reply.Done}. */
    record ApplyRoutes(List<RouteOperation> round) implements OfRoutes {

        /** Copies the list. */
        public ApplyRoutes {
            round = List.copyOf(round);
        }
    }

    /** A look at routes. Answered by {@link Reply.Missing}. */
    record RepairRoutes() implements OfRoutes {}

    /** The end of routes. Answered by {@link Reply.Done}. */
    record CloseRoutes() implements OfRoutes {}

    /** Its demotion counters. */
    sealed interface OfDemotion extends OfKernel {}

    /** The groups that may be demoted. Answered by {@link Reply.Done}. */
    record OpenDemotion(Set<String> groups) implements OfDemotion {

        /** Copies the set. */
        public OpenDemotion {
            groups = Set.copyOf(groups);
        }
    }

    /** A demotion. Answered by {@link Reply.Done}. */
    record ChangeDemotion(String group, int delta) implements OfDemotion {}

    /** A look at demotions. Answered by {@link Reply.Done}. */
    record RepairDemotion() implements OfDemotion {}

    /** The end of demotions. Answered by {@link Reply.Done}. */
    record CloseDemotion() implements OfDemotion {}

    /** What processes leave in it that are killed. */
    sealed interface OfFootprint extends OfKernel {}

    /** What processes that were killed have left. Answered by {@link Reply.Groups} or {@link Reply.Nothing}. */
    record FindFootprint() implements OfFootprint {}

    /** That the kernel is changed from now on. Answered by {@link Reply.Done}. */
    record SetFootprint(Set<String> groups, int plan, boolean empty) implements OfFootprint {

        /** Copies the set. */
        public SetFootprint {
            groups = Set.copyOf(groups);
        }
    }

    /** That nothing is left in the kernel. Answered by {@link Reply.Done}. */
    record ClearFootprint() implements OfFootprint {}

    /** Configurations, and what has become of them. */
    sealed interface OfPlans extends Request {}

    /** What to do at the start. Answered by {@link Reply.Start}, when the parent has compiled. */
    record First() implements OfPlans {}

    /** Another configuration. Answered by {@link Reply.Bundle} or {@link Reply.PlanRefused}. */
    record Reload(Optional<String> file) implements OfPlans {}
}
