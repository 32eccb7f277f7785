package org.relayd.runtime.parent.codec;

import java.io.IOException;
import java.net.InetSocketAddress;
import org.relayd.ir.net.IpAddress;
import org.relayd.ir.net.Port;
import org.relayd.runtime.parent.ListenRequest;
import org.relayd.runtime.parent.message.Request;

/** Requests of relays. */
final class RelayRequests {
    private RelayRequests() {}

    static void write(FrameOutput out, Request.OfRelays request) {
        switch (request) {
            case Request.Listen(ListenRequest wanted) -> out.octet(1).one(Listeners::write, wanted);
            case Request.Probe(ListenRequest wanted) -> out.octet(2).one(Listeners::write, wanted);
            case Request.BindDatagram(IpAddress address, Port port)
                    -> out.octet(3).one(NetworkAddresses::write, address).one(NetworkAddresses::writePort, port);
            case Request.OpenForeign(IpAddress source) -> out.octet(4).one(NetworkAddresses::write, source);
            case Request.NatLookup(InetSocketAddress client, InetSocketAddress local)
                    -> out.octet(5).one(NetworkAddresses::writeSocket, client).one(NetworkAddresses::writeSocket,
                            local);
        }
    }

    static Request.OfRelays read(FrameInput in) throws IOException {
        return switch (in.octet()) {
            case 1 -> new Request.Listen(Listeners.read(in));
            case 2 -> new Request.Probe(Listeners.read(in));
            case 3 -> new Request.BindDatagram(NetworkAddresses.read(in), NetworkAddresses.readPort(in));
            case 4 -> new Request.OpenForeign(NetworkAddresses.read(in));
            case 5 -> new Request.NatLookup(NetworkAddresses.readSocket(in), NetworkAddresses.readSocket(in));
            default -> throw in.unknown("request of relays");
        };
    }
}
