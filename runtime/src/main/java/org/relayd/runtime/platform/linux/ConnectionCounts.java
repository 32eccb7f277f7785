package org.relayd.runtime.platform.linux;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.relayd.ir.config.HostId;
import org.relayd.ir.nft.NftHost;
import org.relayd.ir.nft.NftTag;
import org.relayd.runtime.platform.KernelException;

/** How many connections each host has, from what the kernel remembers. */
final class ConnectionCounts {
    private static final int LIST_CONNECTIONS = 1 << 8 | 1;
    private static final int FIXED = 4;
    private static final int PROTOCOL_STATE = 4;
    private static final int TCP = 1;
    private static final int STATE = 1;
    private static final int MARK = 8;
    /** From this TCP state on, TIME_WAIT, a connection is only remembered. */
    private static final int OVER = 7;
    private static final Pattern ENTRY = Pattern.compile(": 0x([0-9a-f]{8})");

    private ConnectionCounts() {}

    /**
     * Counts translated connections. Reads the whole table of connections: used for the mode least-states only.
     *
     * @throws KernelException
     *             if connection tracking does not answer
     */
    static Map<HostId, Integer> translated(LinuxLibrary c) throws KernelException {
        Map<HostId, Integer> counts = new HashMap<>();
        try (NetlinkSocket socket = new NetlinkSocket(c, NetlinkSocket.NETFILTER)) {
            socket.ask(new NetlinkMessage(LIST_CONNECTIONS, NetlinkSocket.REQUEST | NetlinkSocket.DUMP).bytes(0, 0, 0,
                    0), message -> host(message).ifPresent(host -> counts.merge(host, 1, Integer::sum)));
            return counts;
        } catch (NetlinkException e) {
            throw new KernelException("connection tracking: " + e.getMessage(), e);
        }
    }

    /** Returns the host of a connection that is open and has a mark of ours. */
    private static Optional<HostId> host(ByteBuffer message) {
        Map<Integer, ByteBuffer> attributes = NetlinkReader
                .attributes(NetlinkReader.part(message, FIXED, message.limit() - FIXED));
        ByteBuffer mark = attributes.get(MARK);
        if (mark == null || over(attributes.get(PROTOCOL_STATE))) {
            return Optional.empty();
        }
        int value = mark.order(ByteOrder.BIG_ENDIAN).getInt(0);
        boolean ours = (value & ~(NftTag.MASK | NftHost.MASK)) == 0 && (value & NftHost.MASK) != 0;
        return ours ? Optional.of(new HostId(value & NftHost.MASK)) : Optional.empty();
    }

    private static boolean over(ByteBuffer protocolState) {
        if (protocolState == null) {
            return false;
        }
        ByteBuffer tcp = NetlinkReader.attributes(protocolState).get(TCP);
        ByteBuffer state = tcp == null ? null : NetlinkReader.attributes(tcp).get(STATE);
        return state != null && state.get(0) >= OVER;
    }

    /**
     * Counts flows that are passed on.
     *
     * @param listing
     *            a map of flows as nft(8) lists it
     */
    static Map<HostId, Integer> passedOn(String listing) {
        Map<HostId, Integer> counts = new HashMap<>();
        Matcher entry = ENTRY.matcher(listing);
        while (entry.find()) {
            counts.merge(new HostId(Integer.parseUnsignedInt(entry.group(1), 16) & NftHost.MASK), 1, Integer::sum);
        }
        return counts;
    }
}
