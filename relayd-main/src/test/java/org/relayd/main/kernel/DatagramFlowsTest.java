package org.relayd.main.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Predicate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.relayd.ir.control.ControlRequest.Kind;

/** Where the datagrams of one client port go while hosts come and go: conntrack remembers them all the time. */
@Tag("netns")
class DatagramFlowsTest {
    private static final String INET = "10.20.0.11, 10.20.0.12";

    @RegisterExtension
    private static final Testbed TESTBED = new Testbed(2);

    @TempDir
    private Path folder;

    private static String redirect(String hosts, String address, String sticky) {
        return """
                interval 1
                timeout 500
                log state changes
                table <names> { %s }
                redirect names {
                        listen on %s udp port 53
                        listen on %s tcp port 53
                        forward to <names> port 8080 check tcp
                        %s
                }
                """.formatted(hosts, address, address, sticky);
    }

    /** A client that asks from one port again and again. */
    private static final class Asker implements AutoCloseable {
        private final DatagramSocket socket;
        private final InetAddress service;

        Asker(String from, String to) throws Exception {
            socket = TESTBED.client().in(() -> new DatagramSocket(5353, InetAddress.getByName(from)));
            socket.setSoTimeout(50);
            service = InetAddress.getByName(to);
        }

        /** Asks once; nobody need answer. */
        String ask() throws IOException {
            socket.send(new DatagramPacket(new byte[]{'?'}, 1, service, 53));
            DatagramPacket answer = new DatagramPacket(new byte[64], 64);
            try {
                socket.receive(answer);
                return new String(answer.getData(), 0, answer.getLength(), StandardCharsets.UTF_8);
            } catch (SocketTimeoutException silence) {
                return Visitor.NOBODY;
            }
        }

        /** Asks until the answer is as wanted. */
        String await(Predicate<String> wanted) throws IOException {
            long deadline = System.nanoTime() + 15_000_000_000L;
            String name = ask();
            while (!wanted.test(name)) {
                if (System.nanoTime() > deadline) {
                    fail("still " + name);
                }
                name = ask();
            }
            return name;
        }

        @Override
        public void close() {
            socket.close();
        }
    }

    @ParameterizedTest
    @CsvSource({"10.20.0.11|10.20.0.12, 192.0.2.53, 10.10.0.2, ''",
            "10.20.0.11|10.20.0.12, 192.0.2.53, 10.10.0.2, sticky-address",
            "fd00:20::11|fd00:20::12, 2001:db8::53, fd00:10::2, ''"})
    void aFlowGoesFromAHostThatIsDownToAnother(String hosts, String address, String from, String sticky)
            throws Exception {
        Service a = TESTBED.serve(0, 8080);
        Service b = TESTBED.serve(1, 8080);
        try (a;
                b;
                Balancer balancer = Balancer.start(TESTBED, folder,
                        redirect(hosts.replace('|', ','), address, sticky));
                Asker client = new Asker(from, address)) {
            String first = client.await(name -> !name.equals(Visitor.NOBODY));
            try (Visitor.Visit open = new Visitor(TESTBED.client(), from).open(address, 53)) {
                Service chosen = first.equals(a.name()) ? a : b;
                chosen.stopListening();
                String second = client.await(name -> !name.equals(Visitor.NOBODY) && !name.equals(first));
                assertNotEquals(first, second);
                // Connections have an end of their own: they stay.
                open.assertAlive();
            }
            balancer.relayd().await("table names: 0 added, 1 deleted, 0 changed, 1 killed");
        }
    }

    @Test
    void aFlowThatBeganWhileAllHostsWereDownFindsOne() throws Exception {
        try (Balancer balancer = Balancer.start(TESTBED, folder, redirect(INET, "192.0.2.53", ""));
                Asker client = new Asker("10.10.0.2", "192.0.2.53")) {
            // An address of the machine itself, as usual: then there is a flow of what nobody took.
            balancer.run("ip addr add 192.0.2.53/32 dev lo");
            balancer.relayd().awaitStart("host 10.20.0.12,");
            assertEquals(Visitor.NOBODY, client.ask());
            assertEquals(Visitor.NOBODY, client.ask());
            try (Service b = TESTBED.serve(1, 8080)) {
                client.await(b.name()::equals);
            } finally {
                balancer.run("ip addr del 192.0.2.53/32 dev lo");
            }
        }
    }

    @Test
    void aFlowLeavesAHostThatIsDisabledAndOneThatAReloadTakesAway() throws Exception {
        try (Service a = TESTBED.serve(0, 8080);
                Service b = TESTBED.serve(1, 8080);
                Balancer balancer = Balancer.start(TESTBED, folder, redirect(INET, "192.0.2.53", ""));
                Asker client = new Asker("10.10.0.2", "192.0.2.53")) {
            balancer.awaitHosts(2);
            balancer.toggle(Kind.HOST, "10.20.0.11", false);
            client.await(b.name()::equals);
            balancer.toggle(Kind.HOST, "10.20.0.11", true);
            balancer.awaitHosts(2);
            assertEquals(b.name(), client.ask());
            Files.writeString(folder.resolve("relayd.conf"), redirect("10.20.0.11", "192.0.2.53", ""));
            balancer.relayd().signal("HUP");
            client.await(a.name()::equals);
            Files.writeString(folder.resolve("relayd.conf"), redirect("10.20.0.11", "192.0.2.54", ""));
            balancer.relayd().signal("HUP");
            client.await(Visitor.NOBODY::equals);
        }
    }
}
