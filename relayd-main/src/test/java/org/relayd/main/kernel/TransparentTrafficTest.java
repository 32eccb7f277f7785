package org.relayd.main.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Relays that speak for addresses of other machines, with real traffic. relayd.conf(5): RELAYS. */
@Tag("netns")
class TransparentTrafficTest {
    @RegisterExtension
    private static final Testbed TESTBED = new Testbed(2);

    @TempDir
    private Path folder;

    private static String visit(String from, String address, int port) throws Exception {
        return new Visitor(TESTBED.client(), from).visit(address, port);
    }

    /** Rules of an administrator, gone with the table. */
    private static void rules(String chain) throws Exception {
        TESTBED.balancer().run("nft 'table inet admin; delete table inet admin; table inet admin { chain c { " + chain
                + "; }; }'");
    }

    private Balancer relays(String text) throws Exception {
        Balancer balancer = Balancer.start(TESTBED, folder, text);
        balancer.await("ss -ltn", ":8888");
        return balancer;
    }

    @Test
    void transparentForwardShowsTheClientsAddress() throws Exception {
        try (Service a = TESTBED.serve(0, 8080);
                Balancer balancer = relays("""
                        table <web> { 10.20.0.11 }
                        relay four {
                                listen on 10.10.0.1 port 8888
                                transparent forward to <web> port 8080 check tcp
                        }
                        relay six {
                                listen on fd00:10::1 port 8888
                                transparent forward to fd00:20::11 port 8080
                        }
                        relay plain {
                                listen on 10.10.0.1 port 8889
                                forward to 10.20.0.11 port 8080
                        }
                        """)) {
            balancer.await("ip rule", "lookup 900");
            balancer.await("ip -6 rule", "lookup 900");
            assertEquals(a.name() + " 10.20.0.11 8080 10.10.0.2", visit("10.10.0.2", "10.10.0.1", 8888));
            assertEquals("a 10.20.0.11 8080 10.10.0.3", visit("10.10.0.3", "10.10.0.1", 8888));
            assertEquals("a 10.20.0.11 8080 10.20.0.1", visit("10.10.0.3", "10.10.0.1", 8889));
            assertEquals("a fd00:20:0:0:0:0:0:11 8080 fd00:10:0:0:0:0:0:2", visit("fd00:10::2", "fd00:10::1", 8888),
                    () -> String.join("\n", balancer.relayd().lines()));
            balancer.terminate();
            assertEquals("",
                    balancer.run("ip rule | grep 900 || ip -6 rule | grep 900 || nft list tables | grep 'inet relayd$'"
                            + " || true"));
        }
    }

    @Test
    void forwardToDestinationGoesWhereTheClientWanted() throws Exception {
        rules("type filter hook prerouting priority mangle;"
                + "iifname ext0 ip daddr 10.20.0.0/24 tcp dport 8080 tproxy ip to 127.0.0.1:8888 meta mark set 0x1000000 accept;"
                + "iifname ext0 ip6 daddr fd00:20::/64 tcp dport 8080 tproxy ip6 to [::1]:8888 meta mark set 0x1000000 accept");
        try (Service a = TESTBED.serve(0, 8080);
                Service b = TESTBED.serve(1, 8080);
                Balancer balancer = relays("""
                        table <web> { 10.20.0.11 }
                        relay four {
                                listen on 127.0.0.1 port 8888
                                forward to destination
                                forward to <web> port 8080 check tcp
                        }
                        relay six {
                                listen on ::1 port 8888
                                transparent forward to destination
                        }
                        """)) {
            balancer.await("ip rule", "lookup 900");
            balancer.await("ip -6 rule", "lookup 900");
            assertEquals(a.name() + " 10.20.0.11 8080 10.20.0.1", visit("10.10.0.2", "10.20.0.11", 8080));
            assertEquals(b.name() + " 10.20.0.12 8080 10.20.0.1", visit("10.10.0.3", "10.20.0.12", 8080));
            assertEquals("b fd00:20:0:0:0:0:0:12 8080 fd00:10:0:0:0:0:0:2", visit("fd00:10::2", "fd00:20::12", 8080));
        } finally {
            TESTBED.balancer().run("nft delete table inet admin");
        }
    }

    @Test
    void natLookupUndoesTheTranslation() throws Exception {
        rules("type nat hook prerouting priority dstnat;"
                + "iifname ext0 ip daddr 10.20.0.0/24 tcp dport 8080 dnat ip to 10.10.0.1:8888;"
                + "iifname ext0 ip6 daddr fd00:20::/64 tcp dport 8080 redirect to :8888");
        try (Service a = TESTBED.serve(0, 8080);
                Service b = TESTBED.serve(1, 8080);
                Balancer balancer = relays("""
                        table <web> { fd00:20::11 }
                        relay four {
                                listen on 10.10.0.1 port 8888
                                forward to nat lookup
                        }
                        relay six {
                                listen on :: port 8888
                                forward to nat lookup
                                forward to <web> port 8080 check tcp
                        }
                        """)) {
            assertEquals(a.name() + " 10.20.0.11 8080 10.20.0.1", visit("10.10.0.2", "10.20.0.11", 8080));
            assertEquals(b.name() + " 10.20.0.12 8080 10.20.0.1", visit("10.10.0.3", "10.20.0.12", 8080));
            assertEquals("b fd00:20:0:0:0:0:0:12 8080 fd00:20:0:0:0:0:0:1",
                    visit("fd00:10::2", "fd00:20::12", 8080));
            assertEquals("a fd00:20:0:0:0:0:0:11 8080 fd00:20:0:0:0:0:0:1", visit("fd00:10::2", "fd00:10::1", 8888),
                    "nothing was translated");
            assertEquals("", visit("10.10.0.2", "10.10.0.1", 8888));
            balancer.relayd().await("a line",
                    () -> balancer.relayd().lines().stream().anyMatch(line -> line.endsWith(": looping")));
        } finally {
            TESTBED.balancer().run("nft delete table inet admin");
        }
    }

    @Test
    void forwardToDestinationUndoesATranslation() throws Exception {
        rules("type nat hook prerouting priority dstnat;"
                + "iifname ext0 ip daddr 10.20.0.11 tcp dport 8080 redirect to :8888;"
                + "iifname ext0 ip daddr 10.20.0.12 tcp dport 8080 dnat ip to 10.10.0.1:8888;"
                + "iifname ext0 ip6 daddr fd00:20::/64 tcp dport 8080 redirect to :8888");
        try (Service a = TESTBED.serve(0, 8080);
                Service b = TESTBED.serve(1, 8080);
                Balancer balancer = relays("""
                        table <web> { fd00:20::11 }
                        relay four {
                                listen on 10.10.0.1 port 8888
                                forward to destination
                        }
                        relay six {
                                listen on fd00:10::1 port 8888
                                forward to destination
                        }
                        relay checked {
                                listen on 10.10.0.1 port 8889
                                forward to <web> port 8080 check tcp
                        }
                        """)) {
            assertEquals(a.name() + " 10.20.0.11 8080 10.20.0.1", visit("10.10.0.2", "10.20.0.11", 8080));
            assertEquals(b.name() + " 10.20.0.12 8080 10.20.0.1", visit("10.10.0.3", "10.20.0.12", 8080));
            assertEquals("b fd00:20:0:0:0:0:0:12 8080 fd00:20:0:0:0:0:0:1",
                    visit("fd00:10::2", "fd00:20::12", 8080));
            assertEquals("", visit("10.10.0.2", "10.10.0.1", 8888), "a loop");
            balancer.relayd().await("a line",
                    () -> balancer.relayd().lines().stream().anyMatch(line -> line.endsWith(": looping")));
        } finally {
            TESTBED.balancer().run("nft delete table inet admin");
        }
    }

    /** As files of other systems have it: the kernel takes such packets only if it is told to. */
    @Test
    void aRelayOnTheLoopbackLooksUpWhatIsTranslatedToIt() throws Exception {
        rules("type nat hook prerouting priority dstnat;"
                + "iifname ext0 ip daddr 10.20.0.0/24 tcp dport 8080 dnat ip to 127.0.0.1:8888");
        TESTBED.balancer().run("echo 1 > /proc/sys/net/ipv4/conf/ext0/route_localnet");
        try (Service a = TESTBED.serve(0, 8080);
                Balancer balancer = relays("""
                        table <web> { 10.20.0.11 }
                        relay one {
                                listen on 127.0.0.1 port 8888
                                forward to nat lookup
                        }
                        relay two {
                                listen on 10.10.0.1 port 8889
                                forward to <web> port 8080 check tcp
                        }
                        """)) {
            balancer.relayd().awaitStart("host ");
            assertEquals(a.name() + " 10.20.0.11 8080 10.20.0.1", visit("10.10.0.2", "10.20.0.11", 8080));
        } finally {
            TESTBED.balancer().run("echo 0 > /proc/sys/net/ipv4/conf/ext0/route_localnet; nft delete table inet admin");
        }
    }
}
