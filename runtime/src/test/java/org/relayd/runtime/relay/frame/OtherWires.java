package org.relayd.runtime.relay.frame;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.function.UnaryOperator;
import org.relayd.ir.config.Protocol.TcpSettings;
import org.relayd.runtime.parent.OpenSocket;
import org.relayd.runtime.relay.wire.Fault;
import org.relayd.runtime.relay.wire.Transport;
import org.relayd.runtime.relay.wire.Wire;

/**
 * A transport whose wires are made of those of another one.
 *
 * @param below
 *            the other one
 * @param over
 *            makes a wire of another one that nobody has used
 */
public record OtherWires(Transport below, UnaryOperator<Wire> over) implements Transport {

    /** Wires over any others that speak in frames. */
    public static OtherWires framed(Transport below) {
        return new OtherWires(below, FramedWire::new);
    }

    @Override
    public Listener listen(OpenSocket socket, TcpSettings tcp, Arrivals arrivals) throws IOException {
        return below.listen(socket, tcp, new Arrivals() {
            @Override
            public void arrived(Wire client) {
                arrivals.arrived(over.apply(client));
            }

            @Override
            public void deferred(Fault why) {
                arrivals.deferred(why);
            }
        });
    }

    @Override
    public Attempt connect(InetSocketAddress address, TcpSettings tcp, ConnectOutcome outcome) {
        return below.connect(address, tcp, over(outcome));
    }

    @Override
    public Attempt connect(OpenSocket socket, InetSocketAddress address, TcpSettings tcp, ConnectOutcome outcome) {
        return below.connect(socket, address, tcp, over(outcome));
    }

    private ConnectOutcome over(ConnectOutcome outcome) {
        return new ConnectOutcome() {
            @Override
            public void connected(Wire wire) {
                outcome.connected(over.apply(wire));
            }

            @Override
            public void failed(Failure failure) {
                outcome.failed(failure);
            }
        };
    }

    @Override
    public void expectTarget(int change) {
        below.expectTarget(change);
    }

    @Override
    public void close() {
        below.close();
    }
}
