package org.relayd.runtime.parent.codec;

import java.io.IOException;
import org.relayd.ir.config.Protocol.TcpSettings;
import org.relayd.ir.net.IpAddress;
import org.relayd.ir.net.Port;
import org.relayd.runtime.parent.ListenRequest;

/** Listeners and their settings. */
final class Listeners {
    private Listeners() {}

    static void write(FrameOutput out, ListenRequest wanted) {
        out.one(NetworkAddresses::write, wanted.address()).one(NetworkAddresses::writePort, wanted.port())
                .one(Listeners::writeSettings, wanted.tcp()).truth(wanted.shared()).truth(wanted.diverted());
    }

    static ListenRequest read(FrameInput in) throws IOException {
        IpAddress address = NetworkAddresses.read(in);
        Port port = NetworkAddresses.readPort(in);
        return new ListenRequest(address, port, readSettings(in), in.truth(), in.truth());
    }

    private static void writeSettings(FrameOutput out, TcpSettings tcp) {
        out.optional(FrameOutput::truth, tcp.nodelay()).optional(FrameOutput::truth, tcp.sack()).truth(tcp.splice())
                .optionalNumber(tcp.socketBuffer()).optionalNumber(tcp.backlog()).optionalNumber(tcp.ttl())
                .optionalNumber(tcp.minTtl());
    }

    private static TcpSettings readSettings(FrameInput in) throws IOException {
        return new TcpSettings(in.optional(FrameInput::truth), in.optional(FrameInput::truth), in.truth(),
                in.optionalNumber(),
                in.optionalNumber(), in.optionalNumber(), in.optionalNumber());
    }
}
