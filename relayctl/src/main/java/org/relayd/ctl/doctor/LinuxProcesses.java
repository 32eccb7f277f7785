package org.relayd.ctl.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.relayd.ir.control.ControlReply.Need;

/**
 * What keeps processes of relayd(8) on Linux from what they do: proc_pid_limits(5), passwd(5), systemd(1), and the
 * mandatory access control of SELinux and AppArmor.
 *
 * @param machine
 *            where to look
 */
record LinuxProcesses(Machine machine) {
    private static final String ADD_USER = "useradd --system --home-dir /nonexistent --shell /usr/sbin/nologin _relayd";
    private static final List<String> LOGS = List.of("/var/log/audit/audit.log", "/var/log/kern.log",
            "/var/log/syslog", "/var/log/messages");
    private static final long TICKS_A_SECOND = 100;
    private static final long STARTED_TOGETHER = 30 * TICKS_A_SECOND;
    private static final int LONGEST_QUOTE = 300;

    /** Returns whether the process may open few files, or has nearly as many as it may. */
    List<Finding> openFiles(Need need) {
        String folder = "/proc/" + need.pid();
        OptionalLong most = machine.read(folder + "/limits").stream().flatMap(String::lines)
                .filter(line -> line.matches("Max open files +[0-9]{1,15} .*"))
                .mapToLong(line -> Long.parseLong(line.split(" +", -1)[3])).findFirst();
        if (most.isEmpty()) {
            return List.of();
        }
        String mend = "prlimit --pid " + need.pid() + " --nofile=65536";
        int now = machine.list(folder + "/fd").size();
        if (10L * now >= 9 * most.getAsLong()) {
            return List.of(Finding.problem("process " + need.pid() + " has " + now + " of at most " + most.getAsLong()
                    + " files open: clients wait or are refused", mend));
        }
        return most.getAsLong() >= Long.parseLong(need.detail()) ? List.of()
                : List.of(Finding.advice("process " + need.pid() + " may open " + most.getAsLong()
                        + " files, two for each session; LimitNOFILE of its unit keeps what the command sets", mend));
    }

    /** Returns whether the worker has no user of its own, and whether one before it has died. */
    List<Finding> worker(Need need) {
        List<Finding> findings = new ArrayList<>();
        Optional<String> user = machine.read("/proc/" + need.pid() + "/status").stream().flatMap(String::lines)
                .filter(line -> line.startsWith("Uid:")).map(line -> line.split("\\s+", -1)[1]).findFirst();
        if (user.isPresent() && user.equals(uid("nobody"))) {
            findings.add(Finding.advice("the worker, process " + need.pid()
                    + ", is of the user nobody, as others may be", ADD_USER));
        }
        OptionalLong own = began(Long.toString(need.pid()));
        OptionalLong parents = began(need.detail());
        if (own.isPresent() && parents.isPresent() && own.getAsLong() - parents.getAsLong() > STARTED_TOGETHER) {
            findings.add(Finding.advice("the worker, process " + need.pid() + ", began "
                    + (own.getAsLong() - parents.getAsLong()) / TICKS_A_SECOND
                    + " seconds after relayd: one before it has died", "journalctl -b -g 'worker [0-9]+ died'"));
        }
        return findings;
    }

    private Optional<String> uid(String name) {
        return machine.read("/etc/passwd").stream().flatMap(String::lines).map(line -> line.split(":", -1))
                .filter(fields -> fields.length > 3 && fields[0].equals(name)).map(fields -> fields[2]).findFirst();
    }

    /** Returns when a process began, in ticks after the machine did: the 20th field after its name. */
    private OptionalLong began(String pid) {
        return machine.read("/proc/" + pid + "/stat").stream()
                .map(line -> line.substring(line.lastIndexOf(')') + 1).strip().split(" ", -1))
                .filter(fields -> fields.length > 19 && fields[19].matches("[0-9]{1,18}"))
                .mapToLong(fields -> Long.parseLong(fields[19])).findFirst();
    }

    /** Returns what was denied to relayd, whatever its rights, by the last line that says so. */
    List<Finding> denials() {
        return LOGS.stream().flatMap(log -> machine.tail(log).stream()).flatMap(String::lines)
                .filter(line -> line.contains("relayd") || line.contains("comm=\"java\""))
                .filter(line -> line.contains("avc:  denied") || line.contains("apparmor=\"DENIED\""))
                .reduce((_, last) -> last).map(LinuxProcesses::denied).stream().toList();
    }

    private static Finding denied(String line) {
        boolean appArmor = line.contains("apparmor=");
        String quote = line.length() <= LONGEST_QUOTE ? line : line.substring(line.length() - LONGEST_QUOTE);
        return Finding.advice((appArmor ? "AppArmor" : "SELinux") + " has denied something: " + quote,
                appArmor ? "journalctl -b -k -g apparmor" : "ausearch -m avc -ts boot | audit2why");
    }

    /** Returns why root's relayd does not run, or not as it should: its systemd unit, and its users. */
    List<Finding> service() {
        List<Finding> findings = new ArrayList<>();
        List<String> unit = machine.run("/usr/bin/systemctl", "show", "relayd.service", "-p", "Result,NRestarts")
                .stream().flatMap(String::lines).toList();
        value(unit, "Result=").filter(result -> !result.equals("success")).ifPresent(result -> findings.add(
                Finding.problem("relayd.service has failed: " + result
                        + value(unit, "NRestarts=").filter(count -> !count.equals("0"))
                                .map(count -> ", after " + count + " restarts").orElse(""),
                        "journalctl -u relayd -n 30")));
        if (machine.exists("/etc/passwd") && uid("_relayd").isEmpty()) {
            findings.add(uid("nobody").isEmpty()
                    ? Finding.problem("there is no user _relayd and no user nobody: root's relayd does not start",
                            ADD_USER)
                    : Finding.advice("there is no user _relayd: the worker of root's relayd would be of the user"
                            + " nobody, as others may be", ADD_USER));
        }
        return findings;
    }

    private static Optional<String> value(List<String> lines, String name) {
        return Stream.of(lines).flatMap(List::stream).filter(line -> line.startsWith(name))
                .map(line -> line.substring(name.length())).findFirst();
    }
}
