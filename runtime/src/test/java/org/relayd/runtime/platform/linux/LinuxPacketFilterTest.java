package org.relayd.runtime.platform.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.relayd.runtime.platform.linux.NetworkNamespace.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.relayd.ir.config.HostId;
import org.relayd.ir.config.RedirectId;
import org.relayd.ir.image.KernelImage;
import org.relayd.ir.net.IpAddress;
import org.relayd.ir.net.IpProtocol;
import org.relayd.ir.net.Port;
import org.relayd.ir.net.PortRange;
import org.relayd.ir.nft.NftHost;
import org.relayd.ir.nft.NftPlan;
import org.relayd.ir.nft.NftRedirect;
import org.relayd.ir.nft.NftRedirect.Choice;
import org.relayd.ir.nft.NftRedirect.NftListener;
import org.relayd.ir.nft.NftRedirect.Method;
import org.relayd.runtime.platform.FilterOperation;
import org.relayd.runtime.platform.FilterOperation.FlushHosts;
import org.relayd.runtime.platform.FilterOperation.LoadRules;
import org.relayd.runtime.platform.FilterOperation.RemoveRules;
import org.relayd.runtime.platform.FilterOperation.SetHosts;
import org.relayd.runtime.platform.KernelException;
import org.relayd.runtime.platform.linux.files.TableOwner;

/** What the kernel has after each operation, as nft(8) lists it. */
@Tag("netns")
class LinuxPacketFilterTest {
    private static final String FOREIGN = "table inet foreign {\n\tset s {\n\t\ttype ipv4_addr\n"
            + "\t\telements = { 192.0.2.7 }\n\t}\n\n\tchain c {\n\t\ttype filter hook forward priority filter; "
            + "policy accept;\n\t\tip daddr @s counter packets 0 bytes 0 accept\n\t}\n}\n";

    private static NftRedirect redirect(int id, String name, Method method, boolean sticky, Choice choice,
            int firstHost) {
        List<NftHost> hosts = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            hosts.add(new NftHost(new HostId(firstHost + i), address("10.20.0.1" + (1 + i))));
        }
        hosts.add(new NftHost(new HostId(firstHost + 3), address("fd00:20::11")));
        return new NftRedirect(new RedirectId(id), name, method, choice, sticky, Optional.empty(), false,
                OptionalInt.of(600), List.of(listener("10.10.0." + id), listener("fd00:10::" + id)), hosts);
    }

    private static NftListener listener(String address) {
        return new NftListener(address(address), IpProtocol.TCP, PortRange.single(new Port(80)), Optional.empty(),
                Optional.of(new Port(8080)));
    }

    private static IpAddress address(String text) {
        return IpAddress.parse(text).orElseThrow();
    }

    private static NftPlan plan(NftRedirect... redirects) {
        return new NftPlan(List.of(redirects), List.of(), false);
    }

    private static NftPlan everything() {
        return plan(redirect(1, "www", Method.TRANSLATE, false, new Choice.InTurn(), 1),
                redirect(2, "sticky", Method.TRANSLATE, true, new Choice.SourceHash(OptionalInt.empty()), 5),
                redirect(3, "dsr", Method.PASS_ON, true, new Choice.Random(), 9));
    }

    private static LinuxPacketFilter filter() {
        return new LinuxPacketFilter(new Random(1), TableOwner.of(ProcessHandle.current().pid()));
    }

    private static KernelImage image(NftPlan plan) {
        return new KernelImage.Nftables(plan);
    }

    private static List<FilterOperation> up(int redirect, int... hosts) {
        return List.of(set(redirect, hosts), new LoadRules(new RedirectId(redirect)));
    }

    private static SetHosts set(int redirect, int... hosts) {
        List<HostId> ids = new ArrayList<>();
        for (int host : hosts) {
            ids.add(new HostId(host));
        }
        return new SetHosts(new RedirectId(redirect), ids);
    }

    private static List<FilterOperation> down(int redirect) {
        return List.of(new FlushHosts(new RedirectId(redirect)), new RemoveRules(new RedirectId(redirect)));
    }

    @Test
    void hostsComeAndGoAndNothingIsLeft() throws Exception {
        try (NetworkNamespace namespace = new NetworkNamespace()) {
            namespace.in(() -> {
                LinuxPacketFilter filter = filter();
                filter.open(image(everything()));
                assertFalse(shell("nft list map inet relayd v_4").contains("goto"));
                filter.apply(up(1, 1, 2, 3, 4));
                assertTrue(shell("nft list map inet relayd v_4").contains("10.10.0.1 . tcp . 80 : goto r_1_4"));
                assertTrue(shell("nft list map inet relayd v_6").contains("fd00:10::1 . tcp . 80 : goto r_1_6"));
                assertTrue(shell("nft list chain inet relayd r_1_4").contains("numgen inc mod 3"));
                filter.apply(List.of(set(1, 1, 3)));
                assertTrue(shell("nft list chain inet relayd r_1_4").contains("numgen inc mod 2"));
                assertFalse(shell("nft list map inet relayd v_6").contains("goto"));
                filter.apply(down(1));
                assertFalse(shell("nft list map inet relayd v_4").contains("goto"));
                filter.close();
                assertEquals("", shell("nft list ruleset"));
                return "";
            });
        }
    }

    @Test
    void stepsLeadToTheSameContentAsLoadingItAtOnce() throws Exception {
        try (NetworkNamespace namespace = new NetworkNamespace(); NetworkNamespace other = new NetworkNamespace()) {
            Random random = new Random(42);
            LinuxPacketFilter stepping = filter();
            namespace.in(() -> {
                stepping.open(image(everything()));
                return "";
            });
            List<FilterOperation> last = new ArrayList<>();
            for (int step = 0; step < 30; step++) {
                last.clear();
                for (int redirect = 1; redirect <= 3; redirect++) {
                    int first = redirect * 4 - 3;
                    last.addAll(switch (random.nextInt(4)) {
                        case 0 -> down(redirect);
                        case 1 -> up(redirect, first, first + 3);
                        case 2 -> up(redirect, first + 1, first + 2);
                        default -> up(redirect, first, first + 1, first + 2, first + 3);
                    });
                }
                namespace.in(() -> stepping.apply(last));
            }
            String stepped = namespace.in(() -> shell("nft -s list ruleset"));
            String atOnce = other.in(() -> {
                LinuxPacketFilter fresh = filter();
                fresh.open(image(everything()));
                fresh.apply(last);
                return shell("nft -s list ruleset");
            });
            assertEquals(turned(atOnce), turned(stepped));
        }
    }

    /** Each change may deal hosts out in another order, which does not matter here. */
    private static String turned(String ruleset) {
        return ruleset.replaceAll("(?s)(map n_\\S+ \\{\\s+typeof [^\\n]+).*?\\}\\s+\\}", "$1");
    }

    @Test
    void tablesOfOthersStayAsTheyAre() throws Exception {
        try (NetworkNamespace namespace = new NetworkNamespace()) {
            namespace.in(() -> {
                shell("printf '%s' '" + FOREIGN + "' | nft -f -");
                String before = shell("nft list ruleset");
                LinuxPacketFilter filter = filter();
                filter.open(image(everything()));
                filter.apply(up(1, 1, 2));
                assertEquals(before, shell("nft list table inet foreign"));
                filter.close();
                assertEquals(before, shell("nft list ruleset"));
                return "";
            });
        }
    }

    @Test
    void whatAKilledDaemonLeftIsTakenOver() throws Exception {
        try (NetworkNamespace namespace = new NetworkNamespace()) {
            namespace.in(() -> {
                shell("nft add table inet relayd; nft add counter inet relayd daemon_999999999_1;"
                        + "nft add chain inet relayd old; nft add table ip relayd; nft add table ip6 relayd_2");
                LinuxPacketFilter filter = filter();
                filter.open(image(plan(redirect(1, "www", Method.TRANSLATE, false,
                        new Choice.InTurn(), 1))));
                assertEquals("table inet relayd\ntable inet relayd_keep\n", shell("nft list tables | sort"));
                assertFalse(shell("nft list table inet relayd").contains("old"));
                filter.close();
                return "";
            });
        }
    }

    @Test
    void aDaemonThatRunsBesideUsKeepsItsTables() throws Exception {
        Process other = new ProcessBuilder("sleep", "60").start();
        try (NetworkNamespace namespace = new NetworkNamespace()) {
            String started = shell("cut -d ' ' -f 22 /proc/" + other.pid() + "/stat").strip();
            namespace.in(() -> {
                shell("nft add table inet relayd; nft add counter inet relayd daemon_" + other.pid() + "_" + started);
                LinuxPacketFilter filter = filter();
                filter.open(image(everything()));
                assertTrue(shell("nft list tables").contains("table inet relayd_2\n"));
                filter.close();
                assertEquals("table inet relayd\n", shell("nft list tables"));
                return "";
            });
        } finally {
            other.destroy();
        }
    }

    @Test
    void tablesThatAnotherDaemonTookAtTheSameMomentAreLeftToIt() throws Exception {
        Process other = new ProcessBuilder("sleep", "60").start();
        try (NetworkNamespace namespace = new NetworkNamespace()) {
            String started = shell("cut -d ' ' -f 22 /proc/" + other.pid() + "/stat").strip();
            namespace.in(() -> {
                LinuxPacketFilter filter = filter();
                filter.open(image(everything()));
                shell("nft delete table inet relayd; nft add table inet relayd; nft add counter inet relayd daemon_"
                        + other.pid() + "_" + started);
                KernelException taken = assertThrows(KernelException.class, filter::connections);
                assertEquals("nftables: another relayd has taken the tables of this one", taken.getMessage());
                filter.open(image(everything()));
                filter.apply(up(1, 1));
                assertTrue(shell("nft list map inet relayd_2 v_4").contains("10.10.0.1 . tcp . 80 : goto r_1_4"));
                assertEquals(0L, filter.connections().get(new RedirectId(1)));
                filter.close();
                assertTrue(shell("nft list tables").contains("table inet relayd\n"));
                assertFalse(shell("nft list tables").contains("relayd_2"));
                return "";
            });
        } finally {
            other.destroy();
        }
    }

    @Test
    void aReloadKeepsWhatIsTheSameWhateverItsIds() throws Exception {
        try (NetworkNamespace namespace = new NetworkNamespace()) {
            namespace.in(() -> {
                NftRedirect moved = redirect(2, "www", Method.TRANSLATE, true, new Choice.InTurn(), 6);
                List<NftPlan> plans = new ArrayList<>(List.of(
                        plan(redirect(1, "www", Method.TRANSLATE, true, new Choice.InTurn(), 1)),
                        plan(redirect(1, "new", Method.PASS_ON, false, new Choice.InTurn(), 1), moved),
                        plan(new NftRedirect(moved.id(), moved.name(), moved.method(), moved.choice(), true,
                                Optional.empty(), false, OptionalInt.of(77), moved.listeners(), moved.hosts()))));
                LinuxPacketFilter filter = filter();
                filter.open(image(plans.removeFirst()));
                filter.apply(up(1, 1, 2));
                shell("nft add element inet relayd s_1_4 { 10.10.0.77 : 0x1 }");
                String hosts = shell("nft list map inet relayd h_1_4");
                filter.open(image(plans.removeFirst()));
                assertTrue(shell("nft list map inet relayd s_1_4").contains("10.10.0.77"));
                assertEquals(hosts, shell("nft list map inet relayd h_1_4"));
                assertTrue(shell("nft list map inet relayd v_4").contains("10.10.0.2 . tcp . 80 : goto r_1_4"));
                assertEquals(Map.of(new RedirectId(1), 0L, new RedirectId(2), 0L), filter.connections());
                filter.apply(up(1, 1));
                assertTrue(shell("nft list map ip relayd v_4").contains("10.10.0.1 . tcp . 80 : goto r_2_4"));
                filter.open(image(plans.removeFirst()));
                assertTrue(shell("nft list map inet relayd s_1_4").contains("timeout 1m17s"));
                assertTrue(shell("nft list chain inet relayd r_1_4").contains("@s_1_4"));
                assertEquals("table inet relayd\ntable inet relayd_keep\n", shell("nft list tables | sort"));
                filter.close();
                return "";
            });
        }
    }

    @Test
    void whatNftRefusesIsNamedAndNothingOfItIsLoaded() throws Exception {
        try (NetworkNamespace namespace = new NetworkNamespace()) {
            namespace.in(() -> {
                NftRedirect good = redirect(1, "www", Method.TRANSLATE, false, new Choice.InTurn(), 1);
                NftRedirect bad = new NftRedirect(new RedirectId(2), "bad", Method.TRANSLATE, new Choice.InTurn(),
                        false,
                        Optional.empty(), false, OptionalInt.empty(),
                        List.of(new NftListener(address("10.10.0.9"), new IpProtocol("nonsense"),
                                PortRange.single(new Port(80)),
                                Optional.empty(), Optional.empty())),
                        good.hosts());
                List<NftPlan> plans = new ArrayList<>(List.of(plan(good), plan(good, bad), plan(good)));
                LinuxPacketFilter filter = filter();
                filter.open(image(plans.removeFirst()));
                filter.apply(up(1, 1, 2));
                filter.open(image(plans.removeFirst()));
                String before = shell("nft list ruleset");
                KernelException refused = assertThrows(KernelException.class, () -> filter.apply(up(2, 1)));
                assertEquals("nftables: Could not resolve protocol name", refused.getMessage());
                assertEquals(before, shell("nft list ruleset"));
                filter.open(image(plans.removeFirst()));
                assertTrue(shell("nft list map inet relayd v_4").contains("10.10.0.1 . tcp . 80 : goto r_1_4"));
                filter.close();
                assertEquals("", shell("nft list ruleset"));
                return "";
            });
        }
    }

    @Test
    void aTableThatSomebodyRemovedIsMissedAndComesBack() throws Exception {
        try (NetworkNamespace namespace = new NetworkNamespace()) {
            namespace.in(() -> {
                LinuxPacketFilter filter = filter();
                filter.open(image(everything()));
                filter.apply(up(1, 1));
                assertEquals(0L, filter.connections().get(new RedirectId(1)));
                shell("nft flush ruleset");
                KernelException missed = assertThrows(KernelException.class, filter::connections);
                assertEquals("nftables: table inet relayd_keep was removed by another program", missed.getMessage());
                filter.open(image(everything()));
                assertTrue(shell("nft list map inet relayd v_4").contains("10.10.0.1 . tcp . 80 : goto r_1_4"));
                shell("nft flush ruleset");
                assertThrows(KernelException.class, () -> filter.apply(down(1)));
                filter.open(image(everything()));
                filter.apply(up(1, 1));
                assertTrue(shell("nft list map inet relayd v_4").contains("10.10.0.1 . tcp . 80 : goto r_1_4"));
                filter.close();
                assertEquals("", shell("nft list ruleset"));
                return "";
            });
        }
    }

    @Test
    void packetsOfTransparentRelaysAreBroughtToThisMachine() throws Exception {
        try (NetworkNamespace namespace = new NetworkNamespace()) {
            namespace.in(() -> {
                String before = shell("ip rule; ip -6 rule");
                for (int round = 0; round < 2; round++) {
                    LinuxPacketFilter filter = filter();
                    filter.open(image(new NftPlan(List.of(), List.of(), true)));
                    filter.open(image(new NftPlan(List.of(), List.of(), true)));
                    assertTrue(shell("nft list chain inet relayd divert").contains("socket transparent 1"));
                    assertEquals("90:\tfrom all fwmark 0x1000000/0x1000000 lookup 900 proto 200\n",
                            shell("ip rule list pref 90"));
                    assertEquals("local default dev lo proto 200 scope host \n", shell("ip route show table 900"));
                    assertEquals("local default dev lo proto 200 metric 1024 pref medium\n",
                            shell("ip -6 route show table 900"));
                    filter.close();
                    assertEquals(before, shell("ip rule; ip -6 rule"));
                    assertEquals("", shell("nft list ruleset; ip route show table 900; ip -6 route show table 900"));
                }
                return "";
            });
        }
    }

    @Test
    void leastStatesDealsSlotsAnewByTheConnectionsOfEachHost() throws Exception {
        try (NetworkNamespace namespace = new NetworkNamespace()) {
            namespace.in(() -> {
                LinuxPacketFilter filter = filter();
                filter.open(image(plan(redirect(1, "www", Method.TRANSLATE, false,
                        new Choice.FewestConnections(), 1))));
                filter.apply(up(1, 1, 2));
                assertTrue(shell("nft list chain inet relayd r_1_4").contains("numgen inc mod 64"));
                shell("for i in 1 2 3 4 5 6; do conntrack -I -p tcp -s 10.0.0.$i -d 10.10.0.1 --sport 1024 --dport 80"
                        + " --state ESTABLISHED -t 600 --mark 1; done; conntrack -I -p tcp -s 10.0.0.9 -d 10.10.0.1"
                        + " --sport 1024 --dport 80 --state TIME_WAIT -t 600 --mark 2");
                filter.rebalance();
                String slots = shell("nft list map inet relayd n_1_4");
                assertEquals(slots.indexOf("0x00000001"), slots.lastIndexOf("0x00000001"), slots);
                assertTrue(slots.contains("63 : 0x00000002"), slots);
                filter.close();
                return "";
            });
        }
    }
}
