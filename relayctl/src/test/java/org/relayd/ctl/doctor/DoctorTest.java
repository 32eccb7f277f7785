package org.relayd.ctl.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.relayd.ir.control.ControlReply;
import org.relayd.ir.control.ControlReply.Need;
import org.relayd.ir.control.ControlReply.NeedKind;
import org.relayd.ir.control.ControlReply.Rates;
import org.relayd.ir.control.ControlReply.RedirectRow;
import org.relayd.ir.control.ControlReply.RedirectStatus;
import org.relayd.ir.control.ControlReply.RelayRow;
import org.relayd.ir.control.ControlReply.RouterRow;
import org.relayd.ir.control.ControlReply.Statistics;
import org.relayd.ir.control.ControlReply.TableRow;
import org.relayd.ir.term.OperatingSystem;

/** Machines made of files: what is wrong with each, and the command that mends it. */
class DoctorTest {
    private static final Statistics NO_SESSIONS = new Statistics(0, 60, new Rates(0, 0, 0), new Rates(0, 0, 0));

    @TempDir
    private Path root;

    @BeforeEach
    void healthyLinux() throws IOException {
        file("proc/sys/net/ipv4/ip_forward", "1\n");
        file("proc/sys/net/ipv6/conf/all/forwarding", "1\n");
        file("proc/sys/net/ipv4/conf/all/rp_filter", "0\n");
        file("proc/sys/net/ipv4/conf/lo/rp_filter", "1\n");
        file("proc/sys/net/ipv4/conf/eth0/rp_filter", "0\n");
        file("proc/sys/net/netfilter/nf_conntrack_max", "1000\n");
        file("proc/sys/net/netfilter/nf_conntrack_count", "10\n");
        file("proc/sys/kernel/osrelease", "6.1.0\n");
        file("lib/modules/6.1.0/modules.dep", "kernel/net/netfilter/nf_tables.ko: kernel/net/nfnetlink.ko\n");
        file("usr/lib/x86_64-linux-gnu/libnftables.so.1", "");
        file("proc/42/status", "Name:\tjava\nCapEff:\t0000000000003000\n");
    }

    private void file(String path, String text) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private void program(String path, String script) throws IOException {
        file(path, "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(root.resolve(path), PosixFilePermissions.fromString("rwx------"));
    }

    private Doctor doctor(OperatingSystem system) {
        return new Doctor(new Machine(root), system);
    }

    private List<Finding> linux(NeedKind kind, String detail) {
        return doctor(OperatingSystem.LINUX).examine(List.of(new Need(kind, detail, "redirect www", 42)), List.of());
    }

    private List<Finding> bsd(OperatingSystem system, NeedKind kind, String detail) {
        return doctor(system).examine(List.of(new Need(kind, detail, "redirect www", 42)), List.of());
    }

    @Test
    void aHealthyMachineHasEverything() {
        assertEquals(List.of(), linux(NeedKind.FORWARDING, "inet"));
        assertEquals(List.of(), linux(NeedKind.FORWARDING, "inet6"));
        assertEquals(List.of(), linux(NeedKind.PACKET_FILTER, "relayd/www"));
        assertEquals(List.of(), linux(NeedKind.PRIVILEGE, "CAP_NET_ADMIN"));
        assertEquals(List.of(), linux(NeedKind.ANY_PATH, "inet"));
        assertEquals(List.of(), linux(NeedKind.ADDRESS, "127.0.0.1"));
        assertEquals(List.of(), linux(NeedKind.ADDRESS, "::"));
        assertEquals(List.of(), linux(NeedKind.INTERFACE, "lo"));
    }

    @Test
    void forwardingIsNamedOnceForAllThatNeedIt() throws IOException {
        file("proc/sys/net/ipv4/ip_forward", "0\n");
        file("proc/sys/net/ipv6/conf/all/forwarding", "0\n");
        assertEquals(List.of(Finding.problem(
                "net.ipv4.ip_forward is 0: the kernel drops packets that are for other machines"
                        + " (redirect www, redirect ssh)",
                "sysctl -w net.ipv4.ip_forward=1")),
                doctor(OperatingSystem.LINUX).examine(List.of(new Need(NeedKind.FORWARDING, "inet", "redirect www", 42),
                        new Need(NeedKind.FORWARDING, "inet", "redirect ssh", 42)), List.of()));
        assertEquals("sysctl -w net.ipv6.conf.all.forwarding=1", linux(NeedKind.FORWARDING, "inet6").getFirst().mend());
    }

    @Test
    void nftablesNeedsALibraryAndAModule() throws IOException {
        Files.delete(root.resolve("usr/lib/x86_64-linux-gnu/libnftables.so.1"));
        file("lib/modules/6.1.0/modules.dep", "kernel/net/ipv4/ip_tables.ko:\n");
        assertEquals(List.of("apt-get install libnftables1", "modprobe nf_tables"),
                linux(NeedKind.PACKET_FILTER, "relayd/www").stream().map(Finding::mend).toList());
        Files.createDirectories(root.resolve("sys/module/nf_tables"));
        file("usr/lib64/libnftables.so.1", "");
        assertEquals(List.of(), linux(NeedKind.PACKET_FILTER, "relayd/www"));
    }

    @Test
    void aProcessWithoutTheCapabilityIsNamed() throws IOException {
        file("proc/42/status", "Name:\tjava\nCapEff:\t0000000000002000\n");
        assertEquals(
                List.of(Finding.problem("process 42 lacks CAP_NET_ADMIN (redirect www)",
                        "sudo relayd -f /etc/relayd.conf")),
                linux(NeedKind.PRIVILEGE, "CAP_NET_ADMIN"));
        assertEquals(List.of(), linux(NeedKind.PRIVILEGE, "CAP_NET_RAW"));
    }

    @Test
    void theStricterPathFilterOfTheTwoCounts() throws IOException {
        file("proc/sys/net/ipv4/conf/eth0/rp_filter", "1\n");
        List<Finding> findings = linux(NeedKind.ANY_PATH, "inet");
        assertEquals(List.of("sysctl -w net.ipv4.conf.all.rp_filter=2"), findings.stream().map(Finding::mend).toList());
        assertEquals(Finding.Severity.ADVICE, findings.getFirst().severity());
        file("proc/sys/net/ipv4/conf/all/rp_filter", "2\n");
        assertEquals(List.of(), linux(NeedKind.ANY_PATH, "inet"));
    }

    @Test
    void aTableOfConnectionsThatIsNearlyFullIsAProblemForAll() throws IOException {
        file("proc/sys/net/netfilter/nf_conntrack_count", "900\n");
        assertEquals(List.of(Finding.problem(
                "900 of at most 1000 connections are tracked: the kernel drops new ones when the table is full",
                "sysctl -w net.netfilter.nf_conntrack_max=2000")),
                doctor(OperatingSystem.LINUX).examine(List.of(), List.of()));
        file("proc/sys/net/netfilter/nf_conntrack_max", "100\n");
        assertEquals(List.of("sysctl -w net.netfilter.nf_conntrack_max=1800"),
                doctor(OperatingSystem.LINUX).examine(List.of(), List.of()).stream().map(Finding::mend).toList());
    }

    @Test
    void addressesAndInterfacesThatAreNotHere() {
        assertEquals(List.of(Finding.problem(
                "192.0.2.1 is not an address of this machine: nobody can connect to it (redirect www)",
                "ip address add 192.0.2.1/32 dev lo")), linux(NeedKind.ADDRESS, "192.0.2.1"));
        assertEquals(List.of(Finding.advice("2001:db8::1 is not an address of this machine:"
                + " its packets come here only if a router sends them (redirect www)",
                "ip address add 2001:db8::1/128 dev lo")), linux(NeedKind.ROUTED_ADDRESS, "2001:db8::1"));
        assertEquals(List.of(Finding.problem("there is no interface em9 (redirect www)", "ip link show")),
                linux(NeedKind.INTERFACE, "em9"));
    }

    @Test
    void servicesWithoutAHostAreNamed() {
        assertEquals(List.of(Finding.problem("redirect www: no host is up", "relayctl show hosts"),
                Finding.problem("redirect ssh is disabled", "relayctl redirect enable ssh"),
                Finding.problem("relay app: no host is up", "relayctl show hosts")),
                doctor(OperatingSystem.LINUX).examine(List.of(), List.<ControlReply>of(
                        new RedirectRow(1, "www", RedirectStatus.DOWN, Optional.empty()),
                        new TableRow(1, "web:80", true, 0),
                        new RedirectRow(2, "ssh", RedirectStatus.DISABLED, Optional.empty()),
                        new RedirectRow(3, "dns", RedirectStatus.BACKUP, Optional.empty()),
                        new RelayRow(1, "app", true, NO_SESSIONS), new TableRow(2, "app:80", true, 0),
                        new RelayRow(2, "two", true, NO_SESSIONS), new TableRow(3, "one:80", true, 0),
                        new TableRow(4, "two:80", true, 1), new RelayRow(3, "fixed", true, NO_SESSIONS),
                        new RouterRow(1, "uplinks", true, 0, Optional.empty(), List.of()),
                        new TableRow(5, "gw:0", true, 0))));
    }

    @Test
    void withoutADaemonWhatRedirectionsNeedIsAdvice() throws IOException {
        file("proc/sys/net/ipv4/ip_forward", "0\n");
        assertEquals(List.of(
                Finding.problem("relayd does not answer at /s: No such file or directory",
                        "relayd -n -f /etc/relayd.conf && relayd"),
                Finding.advice("net.ipv4.ip_forward is 0: the kernel drops packets that are for other machines"
                        + " (needed by redirections)", "sysctl -w net.ipv4.ip_forward=1")),
                doctor(OperatingSystem.LINUX).examineWithoutDaemon("/s", "No such file or directory"));
    }

    /** The kernel's own settings have no length and answer one read only. */
    @Test
    void settingsOfTheKernelAreReadWhole() throws IOException, InterruptedException {
        String setting = "/proc/sys/kernel/pid_max";
        assumeTrue(Files.exists(Path.of(setting)), "no Linux");
        Process cat = new ProcessBuilder("cat", setting).start();
        String text = new String(cat.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
        assertEquals(0, cat.waitFor());
        assertEquals(Optional.of(text), new Machine(Path.of("/")).read(setting));
        assertTrue(text.length() > 1, text);
    }

    @Test
    void namesAreQuotedForTheShell() {
        assertEquals(List.of("relayctl redirect enable 'my shop'\\''s'"),
                doctor(OperatingSystem.LINUX).examine(List.of(),
                        List.of(new RedirectRow(1, "my shop's", RedirectStatus.DISABLED, Optional.empty()))).stream()
                        .map(Finding::mend).toList());
    }

    private void healthyBsd() throws IOException {
        program("sbin/sysctl", "echo 1");
        program("bin/ps", "echo 0");
        program("sbin/pfctl", """
                case "$2" in
                info) echo 'Status: Enabled for 1 days'; echo '  current entries                      120';;
                rules) echo 'anchor "relayd/*" all';;
                nat) echo 'rdr-anchor "relayd/*" all';;
                memory) echo 'states        hard limit   100000';;
                esac""");
    }

    @Test
    void aHealthyBsdHasEverything() throws IOException {
        healthyBsd();
        for (OperatingSystem system : List.of(OperatingSystem.OPENBSD, OperatingSystem.FREEBSD)) {
            assertEquals(List.of(), bsd(system, NeedKind.FORWARDING, "inet"));
            assertEquals(List.of(), bsd(system, NeedKind.PACKET_FILTER, "relayd/www"));
            assertEquals(List.of(), bsd(system, NeedKind.PRIVILEGE, "CAP_NET_ADMIN"));
            assertEquals(List.of(), bsd(system, NeedKind.ANY_PATH, "inet"));
        }
    }

    @Test
    void pfMustBeEnabledAndHeedTheAnchor() throws IOException {
        healthyBsd();
        program("sbin/pfctl", "test \"$2\" = info && echo 'Status: Disabled'; exit 0");
        assertEquals(List.of("pfctl -e", "echo 'anchor \"relayd/*\"' >> /etc/pf.conf && pfctl -f /etc/pf.conf"),
                bsd(OperatingSystem.OPENBSD, NeedKind.PACKET_FILTER, "relayd/www").stream().map(Finding::mend)
                        .toList());
        assertEquals("pf.conf has no line rdr-anchor \"relayd/*\": pf does not heed the redirections (redirect www)",
                bsd(OperatingSystem.FREEBSD, NeedKind.PACKET_FILTER, "relayd/www").get(2).text());
    }

    @Test
    void whatElseStopsTrafficOnABsd() throws IOException {
        healthyBsd();
        program("sbin/sysctl", "echo 0");
        program("bin/ps", "echo 1000");
        program("sbin/pfctl",
                "case $2 in info) echo '  current entries  95';; memory) echo 'states  hard limit 100';; esac");
        assertEquals("sysctl net.inet6.ip6.forwarding=1",
                bsd(OperatingSystem.OPENBSD, NeedKind.FORWARDING, "inet6").getFirst().mend());
        assertEquals("process 42 is of user 1000, not root (redirect www)",
                bsd(OperatingSystem.FREEBSD, NeedKind.PRIVILEGE, "CAP_NET_ADMIN").getFirst().text());
        assertEquals(List.of("95 of at most 100 states are in use: pf drops new connections when there are no more"),
                doctor(OperatingSystem.OPENBSD).examine(List.of(), List.of()).stream().map(Finding::text).toList());
        Files.delete(root.resolve("sbin/pfctl"));
        assertEquals(List.of("doas relayctl doctor"),
                bsd(OperatingSystem.OPENBSD, NeedKind.PACKET_FILTER, "").stream().map(Finding::mend).toList());
    }
}
