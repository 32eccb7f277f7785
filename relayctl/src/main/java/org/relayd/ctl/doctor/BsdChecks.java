package org.relayd.ctl.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.relayd.ir.control.ControlReply.Need;

/**
 * OpenBSD and FreeBSD: pfctl(8), sysctl(8). Never run there.
 *
 * @param machine
 *            where to look
 * @param freeBsd
 *            whether it is FreeBSD, whose translations stand in rules of their own
 */
record BsdChecks(Machine machine, boolean freeBsd) implements SystemChecks {
    private static final String PFCTL = "/sbin/pfctl";
    private static final Pattern LIMIT = Pattern.compile("(?m)^states\\s+hard limit\\s+([0-9]{1,9})");
    private static final Pattern ENTRIES = Pattern.compile("(?m)^\\s*current entries\\s+([0-9]{1,9})");

    @Override
    public List<Finding> forwarding(boolean inet6) {
        String name = inet6 ? "net.inet6.ip6.forwarding" : "net.inet.ip.forwarding";
        Optional<String> value = machine.run("/sbin/sysctl", "-n", name).map(String::strip);
        return value.isEmpty() || value.get().equals("0")
                ? List.of(Finding.problem(name + " is " + value.orElse("unknown")
                        + ": the kernel drops packets that are for other machines", "sysctl " + name + "=1"))
                : List.of();
    }

    @Override
    public List<Finding> packetFilter() {
        Optional<String> status = machine.run(PFCTL, "-s", "info");
        if (status.isEmpty()) {
            return List.of(Finding.advice("pfctl -s info says nothing: only root may look at pf",
                    "doas relayctl doctor"));
        }
        List<Finding> findings = new ArrayList<>();
        if (!status.get().startsWith("Status: Enabled")) {
            findings.add(Finding.problem("pf is disabled", "pfctl -e"));
        }
        missing("rules", "anchor").ifPresent(findings::add);
        if (freeBsd) {
            missing("nat", "rdr-anchor").ifPresent(findings::add);
        }
        return findings;
    }

    /** The first rule of a kind may come too late for others, so the command only shows where the line belongs. */
    private Optional<Finding> missing(String rules, String word) {
        String line = word + " \"relayd/*\"";
        boolean there = machine.run(PFCTL, "-s", rules).stream().flatMap(String::lines)
                .anyMatch(rule -> rule.startsWith(line));
        return there ? Optional.empty()
                : Optional.of(Finding.problem("pf.conf has no line " + line + ": pf does not heed the redirections",
                        "echo '" + line + "' >> /etc/pf.conf && pfctl -f /etc/pf.conf"));
    }

    @Override
    public List<Finding> privilege(Need need) {
        return machine.run("/bin/ps", "-o", "uid=", "-p", Long.toString(need.pid())).map(String::strip)
                .filter(user -> !user.equals("0"))
                .map(user -> List.of(Finding.problem("process " + need.pid() + " is of user " + user + ", not root",
                        "doas relayd -f /etc/relayd.conf")))
                .orElse(List.of());
    }

    /** pf checks paths only where pf.conf says so. */
    @Override
    public List<Finding> anyPath() {
        return List.of();
    }

    /** What pf.conf(5) says of others' packets is not looked at: its rules are the administrator's. */
    @Override
    public List<Finding> openPort(Endpoint port) {
        return List.of();
    }

    @Override
    public List<Finding> passedPort(Endpoint port) {
        return List.of();
    }

    /** Who listens is said when relayd starts. */
    @Override
    public List<Finding> freePort(Endpoint port) {
        return List.of();
    }

    /** Limits are those of login.conf(5), which relayd itself complains of. */
    @Override
    public List<Finding> openFiles(Need need) {
        return List.of();
    }

    /** There is one process only. */
    @Override
    public List<Finding> worker(Need need) {
        return List.of();
    }

    @Override
    public List<Finding> service() {
        return List.of();
    }

    @Override
    public List<Finding> always() {
        Optional<Integer> most = number(LIMIT, machine.run(PFCTL, "-s", "memory"));
        Optional<Integer> now = number(ENTRIES, machine.run(PFCTL, "-s", "info"));
        return most.isEmpty() || now.isEmpty() || 10L * now.get() < 9L * most.get() ? List.of()
                : List.of(Finding.problem(now.get() + " of at most " + most.get()
                        + " states are in use: pf drops new connections when there are no more",
                        "echo 'set limit states " + 2L * most.get()
                                + "' >> /etc/pf.conf && pfctl -f /etc/pf.conf"));
    }

    private static Optional<Integer> number(Pattern pattern, Optional<String> text) {
        return text.map(pattern::matcher).filter(Matcher::find).map(found -> Integer.parseInt(found.group(1)));
    }

    @Override
    public String addAddress(String address, boolean inet6) {
        return "ifconfig lo0 " + (inet6 ? "inet6 " + address + " prefixlen 128" : "inet " + address + "/32")
                + " alias";
    }

    @Override
    public String showInterfaces() {
        return "ifconfig";
    }
}
