package org.relayd.ctl.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.relayd.ir.control.ControlReply.Need;

/** Linux: ip-sysctl(7), capabilities(7), nft(8). */
final class LinuxChecks implements SystemChecks {
    private static final String NFT = "/usr/sbin/nft";
    private static final String CONF = "/proc/sys/net/ipv4/conf";
    private static final String TRACKED = "/proc/sys/net/netfilter/nf_conntrack_";
    private static final List<String> CAPABILITIES = List.of("CAP_CHOWN", "CAP_DAC_OVERRIDE", "CAP_DAC_READ_SEARCH",
            "CAP_FOWNER", "CAP_FSETID", "CAP_KILL", "CAP_SETGID", "CAP_SETUID", "CAP_SETPCAP", "CAP_LINUX_IMMUTABLE",
            "CAP_NET_BIND_SERVICE", "CAP_NET_BROADCAST", "CAP_NET_ADMIN", "CAP_NET_RAW");

    private final Machine machine;
    private final LinuxProcesses processes;
    /** Read once: what rules there are, or empty if they cannot be seen. */
    private Optional<Optional<PacketRules>> rules = Optional.empty();

    LinuxChecks(Machine machine) {
        this.machine = machine;
        this.processes = new LinuxProcesses(machine);
    }

    @Override
    public List<Finding> forwarding(boolean inet6) {
        String name = inet6 ? "net.ipv6.conf.all.forwarding" : "net.ipv4.ip_forward";
        Optional<String> value = machine.read("/proc/sys/" + name.replace('.', '/'));
        return value.isEmpty() || value.get().equals("0")
                ? List.of(Finding.problem(name + " is " + value.orElse("missing")
                        + ": the kernel drops packets that are for other machines", "sysctl -w " + name + "=1"))
                : List.of();
    }

    @Override
    public List<Finding> packetFilter() {
        List<Finding> findings = new ArrayList<>();
        if (libraryFolders().noneMatch(folder -> machine.exists(folder + "/libnftables.so.1"))) {
            findings.add(Finding.problem("libnftables.so.1 is not installed: there are no redirections",
                    "apt-get install libnftables1"));
        }
        if (!kernelHas("nf_tables")) {
            findings.add(Finding.problem("the kernel has no nf_tables: there are no redirections",
                    "modprobe nf_tables"));
        }
        return findings;
    }

    private Stream<String> libraryFolders() {
        Stream<String> named = machine.list("/usr/lib").stream().filter(name -> name.contains("-linux-"))
                .map(name -> "/usr/lib/" + name);
        return Stream.concat(Stream.of("/usr/lib64", "/usr/lib", "/usr/local/lib", "/lib64", "/lib"), named);
    }

    /**
     * A module that is not loaded comes when it is asked for. Where no list of modules can be read,
     * there is nothing to say.
     */
    private boolean kernelHas(String module) {
        String release = machine.read("/proc/sys/kernel/osrelease").orElse("");
        List<String> lists = Stream.of("modules.builtin", "modules.dep")
                .flatMap(list -> machine.read("/lib/modules/" + release + "/" + list).stream()).toList();
        return machine.exists("/sys/module/" + module) || lists.isEmpty()
                || lists.stream().anyMatch(list -> list.contains("/" + module + ".ko"));
    }

    @Override
    public List<Finding> privilege(Need need) {
        int bit = CAPABILITIES.indexOf(need.detail());
        OptionalLong effective = machine.read("/proc/" + need.pid() + "/status").stream().flatMap(String::lines)
                .filter(line -> line.startsWith("CapEff:"))
                .mapToLong(line -> Long.parseUnsignedLong(line.substring(7).strip(), 16)).findFirst();
        return bit < 0 || effective.isEmpty() || (effective.getAsLong() >> bit & 1) == 1 ? List.of()
                : List.of(Finding.problem("process " + need.pid() + " lacks " + need.detail(),
                        "sudo relayd -f /etc/relayd.conf"));
    }

    /** The larger of the interface's value and that of all counts; 1 is strict, 2 is loose. */
    @Override
    public List<Finding> anyPath() {
        int all = number(CONF + "/all/rp_filter");
        List<String> strict = machine.list(CONF).stream()
                .filter(name -> !name.equals("all") && !name.equals("default") && !name.equals("lo"))
                .filter(name -> Math.max(all, number(CONF + "/" + name + "/rp_filter")) == 1).toList();
        return strict.isEmpty() ? List.of()
                : List.of(Finding.advice("rp_filter is 1 on " + String.join(", ", strict)
                        + ": packets are dropped there if the way back to their source is over another interface",
                        "sysctl -w net.ipv4.conf.all.rp_filter=2"));
    }

    private int number(String path) {
        return machine.read(path).filter(text -> text.matches("[0-9]{1,9}")).map(Integer::parseInt).orElse(0);
    }

    @Override
    public List<Finding> openPort(Endpoint port) {
        return port.isLoopback() ? List.of() : dropped("input", port);
    }

    @Override
    public List<Finding> passedPort(Endpoint port) {
        return dropped("forward", port);
    }

    private List<Finding> dropped(String hook, Endpoint port) {
        if (!machine.exists(NFT)) {
            return List.of();
        }
        Optional<PacketRules> seen = rules();
        if (seen.isEmpty()) {
            return List
                    .of(Finding.advice("nft list ruleset says nothing: only root may see whether packets are dropped",
                            "sudo relayctl doctor"));
        }
        return seen.get().dropping(hook, port).map(chain -> Finding.problem(chain.words() + " drops what comes to "
                + port.words() + (hook.equals("input") ? "" : " of hosts"), mend(seen.get(), chain, hook, port)))
                .stream().toList();
    }

    private Optional<PacketRules> rules() {
        if (rules.isEmpty()) {
            rules = Optional.of(machine.run(NFT, "-s", "list", "ruleset").map(PacketRules::read));
        }
        return rules.get();
    }

    /** What manages the rules would undo what nft(8) changes. */
    private static String mend(PacketRules rules, PacketRules.Chain chain, String hook, Endpoint port) {
        if (chain.table().equals("firewalld") && hook.equals("input")) {
            return "firewall-cmd --permanent --add-port=" + port.port() + "/" + port.protocol()
                    + " && firewall-cmd --reload";
        }
        if (rules.has("ufw-user-" + hook)) {
            return hook.equals("input") ? "ufw allow " + port.port() + "/" + port.protocol()
                    : "ufw route allow proto " + port.protocol() + " to any port " + port.port();
        }
        return "nft insert rule " + chain.family() + " " + chain.table() + " " + chain.name() + " " + port.protocol()
                + " dport " + port.port() + " accept";
    }

    @Override
    public List<Finding> freePort(Endpoint port) {
        return new PortHolders(machine).holder(port).map(holder -> Finding.problem(
                port.words() + " is in use by " + holder.name()
                        + holder.pid().map(pid -> ", process " + pid).orElse(""),
                holder.unit().map("systemctl disable --now "::concat)
                        .or(() -> holder.pid().map("kill "::concat)).orElse("sudo relayctl doctor")))
                .stream().toList();
    }

    @Override
    public List<Finding> openFiles(Need need) {
        return processes.openFiles(need);
    }

    @Override
    public List<Finding> worker(Need need) {
        return processes.worker(need);
    }

    @Override
    public List<Finding> service() {
        return processes.service();
    }

    /** The limit is for each network namespace, but only the first one may set it. */
    @Override
    public List<Finding> always() {
        int most = number(TRACKED + "max");
        int now = number(TRACKED + "count");
        List<Finding> findings = new ArrayList<>(processes.denials());
        if (most == 0 || 10L * now < 9L * most) {
            return findings;
        }
        boolean settable = machine.writable(TRACKED + "max");
        String set = "sysctl -w net.netfilter.nf_conntrack_max=" + 2L * Math.max(most, now);
        findings.add(Finding.problem(now + " of at most " + most
                + " connections are tracked: the kernel drops new ones when the table is full"
                + (settable ? "" : "; the limit is set outside this network namespace"),
                settable ? set : "nsenter --net=/proc/1/ns/net " + set));
        return findings;
    }

    @Override
    public String addAddress(String address, boolean inet6) {
        return "ip address add " + address + (inet6 ? "/128" : "/32") + " dev lo";
    }

    @Override
    public String showInterfaces() {
        return "ip link show";
    }
}
