package org.relayd.runtime.platform.bsd;

import java.net.InetSocketAddress;
import java.util.Optional;
import org.relayd.ir.net.IpAddress;
import org.relayd.runtime.platform.KernelException;
import org.relayd.runtime.platform.NatLookup;
import org.relayd.runtime.platform.bsd.abi.Abi;
import org.relayd.runtime.platform.bsd.abi.Image;
import org.relayd.runtime.system.ErrorName;
import org.relayd.runtime.system.SystemException;

/** Asks pf's states: DIOCNATLOOK of pf(4). The device is opened with the first question and stays open. */
final class PfNatLookup implements NatLookup {
    private static final int TCP = 6;

    private final SystemCalls calls;
    private final Abi abi;
    private Optional<PfDevice> device = Optional.empty();

    PfNatLookup(SystemCalls calls, Abi abi) {
        this.calls = calls;
        this.abi = abi;
    }

    /** The state may be of a packet that came in, or of one that this machine sent. */
    @Override
    public synchronized Optional<InetSocketAddress> original(InetSocketAddress client, InetSocketAddress local)
            throws KernelException {
        if (device.isEmpty()) {
            device = Optional.of(new PfDevice(calls, abi));
        }
        Optional<InetSocketAddress> incoming = ask(device.get(), client, local, "PF_IN");
        return incoming.isPresent() ? incoming : ask(device.get(), client, local, "PF_OUT");
    }

    private Optional<InetSocketAddress> ask(PfDevice pf, InetSocketAddress client, InetSocketAddress local,
            String direction) throws KernelException {
        IpAddress from = IpAddress.of(client.getAddress());
        Image argument = abi.image("pfioc_natlook").number("af", Addresses.family(abi, from.family()))
                .number("proto", TCP).number("direction", abi.constant(direction)).bytes("saddr", from.bytes())
                .port("sport", 0, client.getPort()).bytes("daddr", local.getAddress().getAddress())
                .port("dport", 0, local.getPort());
        try {
            pf.request("DIOCNATLOOK", argument);
        } catch (SystemException refused) {
            if (refused.errno().is(ErrorName.ENOENT)) {
                return Optional.empty();
            }
            throw new KernelException("pf: DIOCNATLOOK: " + refused.getMessage(), refused);
        }
        IpAddress meant = IpAddress.of(argument.bytes("rdaddr", from.bytes().length));
        return Optional.of(new InetSocketAddress(meant.toInetAddress(), argument.port("rdport")));
    }
}
