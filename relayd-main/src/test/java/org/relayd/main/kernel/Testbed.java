package org.relayd.main.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.relayd.runtime.platform.linux.NetworkNamespace;

/**
 * Namespaces with a network between them.
 *
 * <pre>
 * client 10.10.0.2, .3, .4  --- ext0 10.10.0.1 balancer 10.20.0.1 br0 ---  server a 10.20.0.11, b .12, c .13, ...
 *        fd00:10::2               fd00:10::1            fd00:20::1               fd00:20::11
 * </pre>
 *
 * The client reaches 192.0.2.0/24 and 2001:db8::/64 by way of the balancer; the servers answer by way of it.
 */
final class Testbed implements BeforeAllCallback, AfterAllCallback, AutoCloseable {
    private final int count;
    private final List<Integer> ports;
    private final List<NetworkNamespace> servers = new ArrayList<>();
    private final List<Service> services = new ArrayList<>();
    private NetworkNamespace client;
    private NetworkNamespace balancer;

    /**
     * Makes a network with so many servers that stands while the tests of a class run; each server has
     * services on these ports.
     */
    Testbed(int count, Integer... ports) {
        this.count = count;
        this.ports = List.of(ports);
    }

    @Override
    public void beforeAll(ExtensionContext tests) throws Exception {
        build();
    }

    @Override
    public void afterAll(ExtensionContext tests) {
        close();
    }

    /** Makes the network. */
    Testbed build() throws Exception {
        client = new NetworkNamespace();
        balancer = new NetworkNamespace();
        balancer.run("echo 1 > /proc/sys/net/ipv4/ip_forward; echo 1 > /proc/sys/net/ipv6/conf/all/forwarding;"
                + "ip link add br0 type bridge; ip link set br0 up;" + address("br0", "10.20.0.1/24", "fd00:20::1/64")
                + "ip link add ext0 type veth peer name c0 netns " + client.id() + ";"
                + address("ext0", "10.10.0.1/24", "fd00:10::1/64"));
        client.run(address("c0", "10.10.0.2/24", "fd00:10::2/64")
                + "ip addr add 10.10.0.3/24 dev c0; ip addr add 10.10.0.4/24 dev c0;"
                + "ip route add default via 10.10.0.1; ip -6 route add default via fd00:10::1");
        for (int i = 0; i < count; i++) {
            NetworkNamespace server = new NetworkNamespace();
            servers.add(server);
            balancer.run("ip link add s" + i + " type veth peer name e0 netns " + server.id()
                    + "; ip link set s" + i + " master br0 up");
            server.run(address("e0", Testbed.address(i) + "/24", Testbed.address6(i) + "/64")
                    + "ip route add default via 10.20.0.1; ip -6 route add default via fd00:20::1");
            for (int port : ports) {
                serve(i, port);
            }
        }
        return this;
    }

    private static String address(String device, String inet, String inet6) {
        return "ip link set " + device + " up; ip addr add " + inet + " dev " + device + "; ip -6 addr add " + inet6
                + " dev " + device + " nodad;";
    }

    /** Returns the IPv4 address of a server, counted from 0. */
    static String address(int server) {
        return "10.20.0." + (11 + server);
    }

    /** Returns the IPv6 address of a server. */
    static String address6(int server) {
        return "fd00:20::" + (11 + server);
    }

    NetworkNamespace client() {
        return client;
    }

    /** Returns the machine that relayd runs on. */
    NetworkNamespace balancer() {
        return balancer;
    }

    NetworkNamespace server(int number) {
        return servers.get(number);
    }

    /** Starts a service on a server, whose name is a, b, c, ... It ends with the network at the latest. */
    Service serve(int server, int port) throws Exception {
        Service service = Service.start(servers.get(server), String.valueOf((char) ('a' + server)), port);
        services.add(service);
        return service;
    }

    @Override
    public void close() {
        services.forEach(Service::close);
        servers.forEach(NetworkNamespace::close);
        Stream.of(balancer, client).filter(Objects::nonNull).forEach(NetworkNamespace::close);
    }
}
