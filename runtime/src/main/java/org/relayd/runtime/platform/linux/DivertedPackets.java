package org.relayd.runtime.platform.linux;

import org.relayd.ir.net.IpAddress;
import org.relayd.ir.net.IpFamily;
import org.relayd.ir.nft.NftContent;
import org.relayd.ir.image.MultipathRoute;
import org.relayd.runtime.platform.KernelException;
import org.relayd.runtime.system.ErrorName;

/**
 * The routing rules that bring marked packets to this machine's sockets although they are for addresses of others.
 * Needed by relays that connect with their clients' addresses, and by those that accept what an administrator's
 * {@code tproxy} rule sends them.
 */
final class DivertedPackets {
    private static final int NEW_ROUTE = 24;
    private static final int DELETE_ROUTE = 25;
    private static final int NEW_RULE = 32;
    private static final int DELETE_RULE = 33;
    private static final int CREATE_ONLY_NEW = 0x600;
    private static final int LOCAL = 2;
    private static final int SCOPE_HOST = 254;
    private static final int LOOPBACK = 1;
    private static final int TO_TABLE = 1;
    private static final int RULE_PRIORITY = 6;
    private static final int RULE_MARK = 10;
    private static final int RULE_TABLE = 15;
    private static final int RULE_MASK = 16;
    private static final int RULE_PROTOCOL = 21;
    private static final int ASK = NetlinkSocket.REQUEST | NetlinkSocket.ACK;

    private final LinuxLibrary c;

    DivertedPackets(LinuxLibrary c) {
        this.c = c;
    }

    /**
     * Adds the rules, or leaves them if they are there.
     *
     * @throws KernelException
     *             if the kernel refuses
     */
    void install() throws KernelException {
        for (IpFamily family : IpFamily.values()) {
            ask(route(family, NEW_ROUTE, ASK | CREATE_ONLY_NEW), ErrorName.EEXIST);
            ask(rule(family, NEW_RULE, ASK | CREATE_ONLY_NEW), ErrorName.EEXIST);
        }
    }

    /**
     * Removes the rules, if they are there.
     *
     * @throws KernelException
     *             if the kernel refuses
     */
    void remove() throws KernelException {
        for (IpFamily family : IpFamily.values()) {
            ask(rule(family, DELETE_RULE, ASK), ErrorName.ENOENT);
            ask(route(family, DELETE_ROUTE, ASK), ErrorName.ESRCH);
        }
    }

    private void ask(NetlinkMessage message, ErrorName harmless) throws KernelException {
        try (NetlinkSocket socket = new NetlinkSocket(c, NetlinkSocket.ROUTE)) {
            socket.request(message);
        } catch (NetlinkException e) {
            if (!e.is(harmless)) {
                throw new KernelException("routing rule for diverted packets: " + e.getMessage(), e);
            }
        }
    }

    private static NetlinkMessage rule(IpFamily family, int type, int flags) {
        return new NetlinkMessage(type, flags).bytes(KernelRoute.number(family), 0, 0, 0, 0, 0, 0, TO_TABLE).number(0)
                .attribute(RULE_PRIORITY, NftContent.DIVERTED_PRIORITY).attribute(RULE_MARK, NftContent.DIVERTED)
                .attribute(RULE_MASK, NftContent.DIVERTED).attribute(RULE_TABLE, NftContent.DIVERTED_TABLE)
                .attribute(RULE_PROTOCOL, (byte) MultipathRoute.PROTOCOL);
    }

    private static NetlinkMessage route(IpFamily family, int type, int flags) {
        return new NetlinkMessage(type, flags)
                .bytes(KernelRoute.number(family), 0, 0, 0, 0, MultipathRoute.PROTOCOL, SCOPE_HOST, LOCAL).number(0)
                .attribute(KernelRoute.DESTINATION, IpAddress.of(new byte[family.bytes()]).bytes())
                .attribute(KernelRoute.INTERFACE, LOOPBACK)
                .attribute(KernelRoute.TABLE, NftContent.DIVERTED_TABLE);
    }
}
