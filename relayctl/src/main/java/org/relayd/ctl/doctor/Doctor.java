package org.relayd.ctl.doctor;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.relayd.ir.control.ControlReply;
import org.relayd.ir.control.ControlReply.Need;
import org.relayd.ir.control.ControlReply.NeedKind;
import org.relayd.ir.control.ControlReply.RedirectRow;
import org.relayd.ir.control.ControlReply.RelayRow;
import org.relayd.ir.control.ControlReply.TableRow;
import org.relayd.ir.net.IpAddress;
import org.relayd.ir.net.IpFamily;
import org.relayd.ir.term.OperatingSystem;

/** Compares what services need with what the machine has. */
public final class Doctor {
    /** What redirections need, which are what most need help with; for a machine whose daemon does not answer. */
    private static final List<Need> USUAL = List.of(new Need(NeedKind.FORWARDING, "inet", "", 0),
            new Need(NeedKind.FORWARDING, "inet6", "", 0), new Need(NeedKind.PACKET_FILTER, "", "", 0));

    private static final String FILE = "/etc/relayd.conf";

    private final Machine machine;
    private final SystemChecks system;

    /**
     * Creates one.
     *
     * @param system
     *            the machine's system
     */
    public Doctor(Machine machine, OperatingSystem system) {
        this.machine = machine;
        this.system = SystemChecks.of(machine, system);
    }

    /**
     * Returns what stops the traffic of a running daemon.
     *
     * @param needs
     *            what its services need
     * @param summary
     *            the rows of {@code relayctl show summary}
     */
    public List<Finding> examine(List<Need> needs, List<ControlReply> summary) {
        List<Finding> all = new ArrayList<>(each(needs, this::check));
        all.addAll(system.always());
        all.addAll(states(summary));
        return all;
    }

    /** Returns the findings of all needs, each once, with the services that it is about. */
    private static List<Finding> each(List<Need> needs, Function<Need, List<Finding>> check) {
        Map<Finding, Set<String>> findings = new LinkedHashMap<>();
        for (Need need : needs) {
            check.apply(need).forEach(
                    finding -> findings.computeIfAbsent(finding, first -> new LinkedHashSet<>()).add(need.service()));
        }
        List<Finding> all = new ArrayList<>();
        findings.forEach((finding, services) -> all.add(new Finding(finding.severity(),
                finding.text() + " (" + String.join(", ", services) + ")", finding.mend())));
        return all;
    }

    /**
     * Returns what may stop traffic on a machine whose daemon does not answer.
     *
     * @param socket
     *            its control socket
     * @param reason
     *            why there is no answer
     */
    public List<Finding> examineWithoutDaemon(String socket, String reason) {
        List<Finding> all = new ArrayList<>();
        all.add(Finding.problem("relayd does not answer at " + socket + ": " + reason,
                "relayd -n -f /etc/relayd.conf && relayd"));
        all.addAll(system.service());
        all.addAll(switch (FileNeeds.of(machine, FILE)) {
            case FileNeeds.Known(var needs) -> each(needs, this::checkBefore);
            case FileNeeds.Refused(String message) -> List.of(Finding.problem(message, "relayd -n -f " + FILE));
            case FileNeeds.Unknown() -> usual();
        });
        all.addAll(system.always());
        return all;
    }

    private List<Finding> usual() {
        return USUAL.stream().flatMap(need -> check(need).stream())
                .map(finding -> Finding.advice(finding.text() + " (needed by redirections)", finding.mend())).toList();
    }

    /** There is no process whose rights could be looked at, and its ports are not taken yet. */
    private List<Finding> checkBefore(Need need) {
        return switch (need.kind()) {
            case PRIVILEGE, OPEN_FILES, WORKER -> List.of();
            case OPEN_PORT -> Endpoint.of(need.detail()).stream()
                    .flatMap(port -> Stream.concat(system.freePort(port).stream(), check(need).stream())).toList();
            case FORWARDING, PACKET_FILTER, ADDRESS, ROUTED_ADDRESS, INTERFACE, ANY_PATH, PASSED_PORT -> check(need);
        };
    }

    private List<Finding> check(Need need) {
        return switch (need.kind()) {
            case FORWARDING -> system.forwarding(need.detail().equals(IpFamily.INET6.word()));
            case PACKET_FILTER -> system.packetFilter();
            case PRIVILEGE -> system.privilege(need);
            case ANY_PATH -> system.anyPath();
            case OPEN_PORT -> Endpoint.of(need.detail()).map(system::openPort).orElse(List.of());
            case PASSED_PORT -> Endpoint.of(need.detail()).map(system::passedPort).orElse(List.of());
            case OPEN_FILES -> system.openFiles(need);
            case WORKER -> system.worker(need);
            case INTERFACE -> machine.interfaces().contains(need.detail()) ? List.of()
                    : List.of(Finding.problem("there is no interface " + need.detail(), system.showInterfaces()));
            case ADDRESS -> absent(need.detail()).map(inet6 -> List.of(Finding.problem(
                    need.detail() + " is not an address of this machine: nobody can connect to it",
                    system.addAddress(need.detail(), inet6)))).orElse(List.of());
            case ROUTED_ADDRESS -> absent(need.detail()).map(inet6 -> List.of(Finding.advice(
                    need.detail() + " is not an address of this machine: its packets come here only if a router"
                            + " sends them",
                    system.addAddress(need.detail(), inet6)))).orElse(List.of());
        };
    }

    /** Returns whether an absent address is one of IPv6; empty if the machine has it. */
    private Optional<Boolean> absent(String text) {
        return IpAddress.parse(text).filter(address -> !address.isWildcard() && address.scope().isEmpty())
                .filter(address -> {
                    InetAddress local = address.toInetAddress();
                    return !local.isLoopbackAddress() && !machine.has(local);
                }).map(address -> address.family() == IpFamily.INET6);
    }

    private static List<Finding> states(List<ControlReply> summary) {
        List<Finding> findings = new ArrayList<>();
        Map<String, Integer> hostsUp = new LinkedHashMap<>();
        String relay = "";
        for (ControlReply row : summary) {
            switch (row) {
                case RedirectRow(var _, var name, var status, var _) -> {
                    relay = "";
                    redirect(name, status).ifPresent(findings::add);
                }
                case RelayRow(var _, var name, var enabled, var _) -> relay = enabled ? name : "";
                case TableRow(var _, var _, var _, var up) -> hostsUp.merge(relay, up, Integer::sum);
                case ControlReply.RouterRow _ -> relay = "";
                case ControlReply.HostRow _,ControlReply.SessionRow _,ControlReply.Event _,Need _,ControlReply.Line _,ControlReply.Refused _,ControlReply.Failed _,ControlReply.Done _ -> {
                    // These say nothing of a service.
                }
            }
        }
        hostsUp.remove("");
        hostsUp.forEach((name, up) -> {
            if (up == 0) {
                findings.add(Finding.problem("relay " + name + ": no host is up", "relayctl show hosts"));
            }
        });
        return findings;
    }

    private static Optional<Finding> redirect(String name, ControlReply.RedirectStatus status) {
        return switch (status) {
            case ACTIVE, BACKUP -> Optional.empty();
            case DOWN -> Optional
                    .of(Finding.problem("redirect " + name + ": no host is up", "relayctl show hosts"));
            case DISABLED -> Optional.of(
                    Finding.problem("redirect " + name + " is disabled", "relayctl redirect enable " + quoted(name)));
        };
    }

    /** The shell takes a plain word as it is, anything else in quotes. */
    private static String quoted(String name) {
        return name.matches("[\\w.:@%+,-]+") ? name : "'" + name.replace("'", "'\\''") + "'";
    }
}
