package org.relayd.ctl.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.relayd.ctl.doctor.Finding.Severity;
import org.relayd.ir.control.ControlReply.Need;
import org.relayd.ir.control.ControlReply.NeedKind;
import org.relayd.ir.term.OperatingSystem;

/** Machines made of files on which relayd does not come to serve, or not for long, and what the doctor says of them. */
class FreshInstallTest {
    private static final String ADD_USER = "useradd --system --home-dir /nonexistent --shell /usr/sbin/nologin _relayd";

    @TempDir
    private Path root;

    @BeforeEach
    void aMachineThatCouldServe() throws IOException {
        file("etc/passwd",
                "root:x:0:0::/root:/bin/sh\nnobody:x:65534:65534::/:/bin/false\n_relayd:x:99:99::/:/bin/false\n");
        needs("open port     \ttcp 0.0.0.0 80          \trelay www\n");
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

    private void needs(String rows) throws IOException {
        program("usr/bin/relayd-compile", "test \"$*\" = '-f /etc/relayd.conf --diagnostics classic --emit needs' &&"
                + " cat <<'EOF'\n" + rows + "EOF");
    }

    /** All findings but the first, that the daemon does not answer. */
    private List<Finding> beforeTheStart() {
        List<Finding> all = new Doctor(new Machine(root), OperatingSystem.LINUX).examineWithoutDaemon("/s", "gone");
        assertTrue(all.getFirst().text().startsWith("relayd does not answer"), all::toString);
        return all.subList(1, all.size());
    }

    private List<Finding> running(NeedKind kind, String detail) {
        return new Doctor(new Machine(root), OperatingSystem.LINUX)
                .examine(List.of(new Need(kind, detail, "relay www", 42)), List.of());
    }

    @Test
    void nothingIsSaidOfAMachineThatCouldServe() {
        assertEquals(List.of(), beforeTheStart());
        assertEquals(List.of(), running(NeedKind.OPEN_FILES, "4096"));
        assertEquals(List.of(), running(NeedKind.WORKER, "41"));
        assertEquals(List.of(), running(NeedKind.OPEN_PORT, "tcp 0.0.0.0 80"));
    }

    @Test
    void whoHasThePortIsNamed() throws IOException {
        file("proc/net/tcp6", "  sl  local_address\n"
                + "   0: 00000000000000000000000000000000:0050 00000000000000000000000000000000:0000 0A"
                + " 00000000:00000000 00:00000000 00000000     0        0 4711 1\n");
        assertEquals(List.of(Finding.problem("tcp port 80 is in use by another process (relay www)",
                "sudo relayctl doctor")), beforeTheStart());
        Files.createDirectories(root.resolve("proc/812/fd"));
        Files.createSymbolicLink(root.resolve("proc/812/fd/3"), Path.of("socket:[4711]"));
        file("proc/812/comm", "nginx\n");
        assertEquals(List.of(Finding.problem("tcp port 80 is in use by nginx, process 812 (relay www)", "kill 812")),
                beforeTheStart());
        file("proc/812/cgroup", "0::/system.slice/nginx.service\n");
        assertEquals(List.of("systemctl disable --now nginx.service"),
                beforeTheStart().stream().map(Finding::mend).toList());
    }

    @Test
    void anotherAddressIsNotInTheWay() throws IOException {
        needs("open port     \ttcp 127.0.0.2 8080      \trelay www\n");
        String line = "   0: %s 00000000:0000 %s 00000000:00000000 00:00000000 00000000 0 0 4711 1\n";
        file("proc/net/tcp", line.formatted("0100007F:1F90", "0A") + line.formatted("0200007F:1F91", "0A")
                + line.formatted("0200007F:1F90", "01"));
        assertEquals(List.of(), beforeTheStart());
        file("proc/net/tcp", line.formatted("0200007F:1F90", "0A"));
        assertEquals(1, beforeTheStart().size());
    }

    /** Java's sockets are those of IPv6, whatever they are bound to. */
    @Test
    void theListOfTheKernelIsUnderstood() throws IOException {
        assumeTrue(Files.exists(Path.of("/proc/net/tcp6")), "no Linux");
        PortHolders kernel = new PortHolders(new Machine(Path.of("/")));
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByAddress(new byte[]{127, 0, 0, 1}))) {
            String own = Long.toString(ProcessHandle.current().pid());
            for (String address : List.of("127.0.0.1", "0.0.0.0")) {
                assertEquals(Optional.of(own), kernel.holder(
                        Endpoint.of("tcp " + address + " " + taken.getLocalPort()).orElseThrow())
                        .flatMap(PortHolders.Holder::pid), address);
            }
            assertEquals(Optional.empty(), kernel.holder(
                    Endpoint.of("tcp 127.0.0.2 " + taken.getLocalPort()).orElseThrow()));
        }
    }

    @Test
    void aFileThatIsRefusedSaysWhy() throws IOException {
        program("usr/bin/relayd-compile", "echo '/etc/relayd.conf:3: warning: old'; "
                + "echo '/etc/relayd.conf:4: cannot load certificates for relay www' >&2; exit 1");
        assertEquals(List.of(Finding.problem("/etc/relayd.conf:4: cannot load certificates for relay www",
                "relayd -n -f /etc/relayd.conf")), beforeTheStart());
    }

    @Test
    void usersAndTheUnitAreLookedAt() throws IOException {
        file("etc/passwd", "nobody:x:65534:65534::/:/bin/false\n");
        program("usr/bin/systemctl", "printf 'Result=exit-code\\nNRestarts=5\\n'");
        assertEquals(List.of(
                Finding.problem("relayd.service has failed: exit-code, after 5 restarts", "journalctl -u relayd -n 30"),
                Finding.advice("there is no user _relayd: the worker of root's relayd would be of the user nobody, as"
                        + " others may be", ADD_USER)),
                beforeTheStart());
        file("etc/passwd", "root:x:0:0::/root:/bin/sh\n");
        program("usr/bin/systemctl", "printf 'Result=success\\nNRestarts=0\\n'");
        assertEquals(List.of(Severity.PROBLEM), beforeTheStart().stream().map(Finding::severity).toList());
    }

    @Test
    void thePacketFilterIsAskedForEachPort() throws IOException {
        program("usr/sbin/nft", "cat <<'EOF'\ntable inet filter {\n\tchain input {\n\t\ttype filter hook input priority"
                + " filter; policy drop;\n\t\ttcp dport 22 accept\n\t}\n}\nEOF");
        Finding drops = Finding.problem("chain input of table inet filter drops what comes to tcp port 80 (relay www)",
                "nft insert rule inet filter input tcp dport 80 accept");
        assertEquals(List.of(drops), beforeTheStart());
        assertEquals(List.of(drops), running(NeedKind.OPEN_PORT, "tcp 0.0.0.0 80"));
        assertEquals(List.of(), running(NeedKind.OPEN_PORT, "tcp 127.0.0.1 80"), "nobody comes from outside");
        assertEquals(List.of(), running(NeedKind.PASSED_PORT, "tcp 10.0.0.1 80"));
        program("usr/sbin/nft", "exit 1");
        assertEquals(List.of("sudo relayctl doctor"),
                running(NeedKind.OPEN_PORT, "tcp 0.0.0.0 80").stream().map(Finding::mend).toList());
    }

    @Test
    void whatManagesTheRulesIsToldToChangeThem() throws IOException {
        program("usr/sbin/nft", "cat <<'EOF'\ntable ip filter {\n\tchain INPUT {\n\t\ttype filter hook input priority"
                + " filter; policy drop;\n\t\tcounter packets 5 bytes 300 jump ufw-user-input\n\t}\n\n"
                + "\tchain ufw-user-input {\n\t}\n}\nEOF");
        assertEquals(List.of("ufw allow 80/tcp"),
                running(NeedKind.OPEN_PORT, "tcp 0.0.0.0 80").stream().map(Finding::mend).toList());
    }

    @Test
    void limitsOfFilesAreThoseOfTheProcess() throws IOException {
        file("proc/42/limits", """
                Limit                     Soft Limit           Hard Limit           Units
                Max open files            1024                 1024                 files
                """);
        assertEquals(List.of(Finding.advice("process 42 may open 1024 files, two for each session; LimitNOFILE of its"
                + " unit keeps what the command sets (relay www)", "prlimit --pid 42 --nofile=65536")),
                running(NeedKind.OPEN_FILES, "4096"));
        file("proc/42/limits", "Max open files            2                    2                    files\n");
        file("proc/42/fd/0", "");
        file("proc/42/fd/1", "");
        assertEquals(List.of(Severity.PROBLEM),
                running(NeedKind.OPEN_FILES, "4096").stream().map(Finding::severity).toList());
    }

    @Test
    void aWorkerThatIsYoungerThanItsParentHasHadAnotherBeforeIt() throws IOException {
        String stat = "%s (a ) b) S 1 42 42 0 -1 4194304 1 0 0 0 1 1 0 0 20 0 30 0 %d 1 1\n";
        file("proc/42/status", "Name:\tjava\nUid:\t99\t99\t99\t99\n");
        file("proc/41/stat", stat.formatted("41", 1_000));
        file("proc/42/stat", stat.formatted("42", 1_100));
        assertEquals(List.of(), running(NeedKind.WORKER, "41"));
        file("proc/42/stat", stat.formatted("42", 7_000));
        file("proc/42/status", "Name:\tjava\nUid:\t65534\t65534\t65534\t65534\n");
        assertEquals(List.of(
                Finding.advice("the worker, process 42, is of the user nobody, as others may be (relay www)",
                        ADD_USER),
                Finding.advice("the worker, process 42, began 60 seconds after relayd: one before it has died"
                        + " (relay www)", "journalctl -b -g 'worker [0-9]+ died'")),
                running(NeedKind.WORKER, "41"));
    }

    @Test
    void theLastDenialIsQuoted() throws IOException {
        file("var/log/audit/audit.log", """
                type=AVC msg=audit(1): avc:  denied  { name_bind } for comm="httpd"
                type=AVC msg=audit(2): avc:  denied  { name_bind } for pid=42 comm="java" src=8080
                """);
        assertEquals(List.of(Finding.advice("SELinux has denied something: type=AVC msg=audit(2): avc:  denied "
                + " { name_bind } for pid=42 comm=\"java\" src=8080", "ausearch -m avc -ts boot | audit2why")),
                beforeTheStart());
        file("var/log/kern.log", "kernel: audit: apparmor=\"DENIED\" profile=\"relayd\" name=\"/etc/ssl/private/\"\n");
        assertEquals(List.of("journalctl -b -k -g apparmor"), beforeTheStart().stream().map(Finding::mend).toList());
    }
}
