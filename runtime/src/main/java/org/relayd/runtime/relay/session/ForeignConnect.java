package org.relayd.runtime.relay.session;

import java.io.IOException;
import java.net.InetSocketAddress;
import org.relayd.ir.config.Protocol.TcpSettings;
import org.relayd.ir.net.IpAddress;
import org.relayd.runtime.parent.OpenSocket;
import org.relayd.runtime.parent.RelayRights;
import org.relayd.runtime.parent.Rights;
import org.relayd.runtime.relay.wire.Fault;
import org.relayd.runtime.relay.wire.Transport;
import org.relayd.runtime.system.FailedCall;

/**
 * Connects with the address of the client, so that the target sees that: {@code transparent forward}. A socket with
 * such an address comes from who has the rights for it, and is then connected on the loop.
 */
final class ForeignConnect implements Transport.Attempt, Rights.Answer<OpenSocket> {
    private final RelayLoop loop;
    private final InetSocketAddress target;
    private final TcpSettings tcp;
    private final Transport.ConnectOutcome outcome;
    private Transport.Attempt connecting = () -> {
        // There is no socket yet.
    };
    private boolean cancelled;

    private ForeignConnect(RelayLoop loop, InetSocketAddress target, TcpSettings tcp,
            Transport.ConnectOutcome outcome) {
        this.loop = loop;
        this.target = target;
        this.tcp = tcp;
        this.outcome = outcome;
    }

    /** Begins on the loop; the answer comes during the call or later, once. */
    static Transport.Attempt begin(RelayLoop loop, RelayRights rights, InetSocketAddress client,
            InetSocketAddress target, TcpSettings tcp, Transport.ConnectOutcome outcome) {
        ForeignConnect attempt = new ForeignConnect(loop, target, tcp, outcome);
        rights.openForeign(IpAddress.of(client.getAddress()), attempt);
        return attempt;
    }

    @Override
    public void given(OpenSocket socket) {
        boolean runs = loop.run(() -> {
            if (cancelled) {
                socket.discard();
            } else {
                connecting = loop.transport().connect(socket, target, tcp, outcome);
            }
        });
        if (!runs) {
            socket.discard();
        }
    }

    @Override
    public void refused(IOException reason) {
        loop.run(() -> {
            if (!cancelled) {
                outcome.failed(Transport.Failure
                        .atOnce(new Fault(String.valueOf(reason.getMessage()), FailedCall.errno(reason))));
            }
        });
    }

    @Override
    public void cancel() {
        cancelled = true;
        connecting.cancel();
    }
}
