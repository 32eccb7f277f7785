package org.relayd.runtime.platform.linux;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.relayd.ir.config.RedirectId;
import org.relayd.ir.net.IpAddress;
import org.relayd.ir.net.IpProtocol;
import org.relayd.ir.nft.NftHost;
import org.relayd.ir.nft.NftRedirect;
import org.relayd.ir.nft.NftRedirect.Method;
import org.relayd.runtime.system.ErrorName;

/**
 * What conntrack remembers of datagrams to redirections. Rules decide about the first packet of a flow only, and a
 * client that asks from one port again and again has one flow for ever: it would stay with a host that is down, or
 * with nobody if it began when no host was up. Flows that new ones would not follow are therefore forgotten, and their
 * next packet is the first one again. Connections of TCP are left alone: they end, and another host does not know them.
 *
 * <p>
 * Whoever forbids to ask conntrack keeps its flows until they time out.
 */
final class DatagramFlows {
    private static final int LIST = 1 << 8 | 1;
    private static final int DELETE = 1 << 8 | 2;
    /** Address family, version and number of a resource. */
    private static final int FIXED = 4;
    private static final int ORIGINAL = 1;
    private static final int REPLY = 2;
    private static final int ID = 12;
    private static final int ZONE = 18;
    private static final int NESTED = 0x8000;
    private static final byte UDP = 17;
    /** Flows that are held at once; if there are more, the list is read again. */
    private static final int MOST = 16_384;
    private static final int MOST_READINGS = 64;

    private final LinuxLibrary c;
    private final List<Standing> standings;

    /**
     * Where a redirection sends new flows.
     *
     * @param redirect
     *            the redirection, with the number that it has in the kernel
     * @param hosts
     *            addresses of the hosts that get flows; none while the redirection is down
     */
    record Standing(NftRedirect redirect, List<IpAddress> hosts) {

        /** Copies the list. */
        Standing {
            hosts = List.copyOf(hosts);
        }

        private boolean takes(Tuple original) {
            return redirect.listeners().stream()
                    .anyMatch(listener -> listener.protocol().equals(IpProtocol.UDP)
                            && listener.address().equals(original.destination())
                            && listener.ports().first().number() <= original.port()
                            && original.port() <= listener.ports().last().number());
        }

        private boolean knows(IpAddress address) {
            return redirect.hosts().stream().map(NftHost::address).anyMatch(address::equals);
        }
    }

    /** One direction of a flow of datagrams. */
    private record Tuple(IpAddress source, IpAddress destination, int port) {

        /** Reads one; empty if it is no datagram's. */
        static Optional<Tuple> of(ByteBuffer value) {
            Map<Integer, ByteBuffer> parts = NetlinkReader.attributes(value);
            Map<Integer, ByteBuffer> addresses = NetlinkReader.attributes(parts.get(1));
            Map<Integer, ByteBuffer> protocol = NetlinkReader.attributes(parts.get(2));
            if (protocol.get(1).get(0) != UDP) {
                return Optional.empty();
            }
            int version = addresses.containsKey(1) ? 1 : 3;
            return Optional.of(new Tuple(address(addresses.get(version)), address(addresses.get(version + 1)),
                    protocol.get(3).order(ByteOrder.BIG_ENDIAN).getShort(0) & 0xffff));
        }

        private static IpAddress address(ByteBuffer value) {
            return IpAddress.of(NetlinkReader.bytes(value));
        }
    }

    /** A flow that is to be forgotten, by a message that holds copies: what was received does not last. */
    private record Flow(RedirectId redirect, NetlinkMessage deletion) {

        static Flow of(RedirectId redirect, byte family, Map<Integer, ByteBuffer> attributes) {
            NetlinkMessage message = new NetlinkMessage(DELETE, NetlinkSocket.REQUEST | NetlinkSocket.ACK)
                    .bytes(family, 0, 0, 0)
                    .attribute(ORIGINAL | NESTED, NetlinkReader.bytes(attributes.get(ORIGINAL)));
            for (int same : List.of(ID, ZONE)) {
                if (attributes.containsKey(same)) {
                    message.attribute(same, NetlinkReader.bytes(attributes.get(same)));
                }
            }
            return new Flow(redirect, message);
        }
    }

    /**
     * Takes what is in the kernel now.
     *
     * @param standings
     *            all redirections that are meant, former ones that are gone included
     */
    DatagramFlows(LinuxLibrary c, List<Standing> standings) {
        this.c = c;
        this.standings = List.copyOf(standings);
    }

    /** Returns whether a redirection has flows of datagrams that conntrack translates. */
    static boolean isMeant(NftRedirect redirect) {
        return redirect.method() == Method.TRANSLATE && redirect.listeners().stream()
                .anyMatch(listener -> listener.protocol().equals(IpProtocol.UDP));
    }

    /**
     * Forgets flows that go where new ones would not go. Reads the whole table of conntrack.
     *
     * @param changed
     *            numbers of the redirections whose flows are looked at
     * @return how many flows of each were forgotten
     */
    Map<RedirectId, Integer> settle(Set<RedirectId> changed) {
        Map<RedirectId, Integer> forgotten = new HashMap<>();
        if (standings.stream().noneMatch(standing -> changed.contains(standing.redirect().id()))) {
            return forgotten;
        }
        try (NetlinkSocket socket = new NetlinkSocket(c, NetlinkSocket.NETFILTER)) {
            List<Flow> flows = stale(socket, changed);
            for (int reading = 1; !flows.isEmpty() && reading < MOST_READINGS; reading++) {
                for (Flow flow : flows) {
                    forget(socket, flow);
                    forgotten.merge(flow.redirect(), 1, Integer::sum);
                }
                flows = flows.size() < MOST ? List.of() : stale(socket, changed);
            }
        } catch (NetlinkException forbidden) {
            return forgotten;
        }
        return forgotten;
    }

    private static void forget(NetlinkSocket socket, Flow flow) throws NetlinkException {
        try {
            socket.request(flow.deletion());
        } catch (NetlinkException failure) {
            // It may just have timed out.
            if (!failure.is(ErrorName.ENOENT)) {
                throw failure;
            }
        }
    }

    private List<Flow> stale(NetlinkSocket socket, Set<RedirectId> changed) throws NetlinkException {
        List<Flow> flows = new ArrayList<>();
        socket.ask(new NetlinkMessage(LIST, NetlinkSocket.REQUEST | NetlinkSocket.DUMP).bytes(0, 0, 0, 0), message -> {
            if (flows.size() < MOST) {
                flow(message, changed).ifPresent(flows::add);
            }
        });
        return flows;
    }

    private Optional<Flow> flow(ByteBuffer message, Set<RedirectId> changed) {
        Map<Integer, ByteBuffer> attributes = NetlinkReader
                .attributes(NetlinkReader.part(message, FIXED, message.limit() - FIXED));
        return Tuple.of(attributes.get(ORIGINAL)).flatMap(original -> {
            List<Standing> taking = standings.stream().filter(standing -> standing.takes(original)).toList();
            return taking.stream().map(standing -> standing.redirect().id()).filter(changed::contains).findFirst()
                    .filter(_ -> isStale(taking, Tuple.of(attributes.get(REPLY)).orElseThrow().source()))
                    .map(redirect -> Flow.of(redirect, message.get(0), attributes));
        });
    }

    /**
     * Returns whether new flows would not get to where one goes.
     *
     * @param target
     *            who answers: a host, or the address itself where nothing was translated
     */
    private static boolean isStale(List<Standing> taking, IpAddress target) {
        boolean up = taking.stream().anyMatch(standing -> !standing.hosts().isEmpty());
        return up ? taking.stream().noneMatch(standing -> standing.hosts().contains(target))
                : taking.stream().anyMatch(standing -> standing.knows(target));
    }
}
