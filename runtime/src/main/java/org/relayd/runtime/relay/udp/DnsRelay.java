package org.relayd.runtime.relay.udp;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.DatagramPacket;
import java.util.concurrent.TimeUnit;
import org.relayd.runtime.parent.OpenSocket;
import org.relayd.runtime.relay.session.RelayLoop;
import org.relayd.runtime.relay.session.RunningRelay;
import org.relayd.runtime.relay.session.Session;
import org.relayd.runtime.relay.wire.Fault;
import org.relayd.runtime.relay.wire.Transport;

/**
 * The socket of a DNS relay: makes a session of each query, up to a bound; more are dropped and asked again by their
 * clients. Answers never come here, so messages that look like one are dropped.
 */
@SuppressWarnings("FutureReturnValueIgnored") // closing needs no answer
public final class DnsRelay implements Transport.Listener {
    /** Queries on their way at a time. */
    private static final int MOST_SESSIONS = 4096;
    /** Seconds without receiving after a failure that lasts. */
    private static final long PAUSE = 1;

    private final DatagramChannel channel;
    private final Queries queries;

    private DnsRelay(DatagramChannel channel, Queries queries) {
        this.channel = channel;
        this.queries = queries;
    }

    /** Begins to serve queries. To be called on the loop. */
    public static DnsRelay open(RunningRelay relay, RelayLoop loop, OpenSocket socket) {
        DatagramChannel channel = DatagramKind.bound(socket);
        Queries queries = new Queries(relay, loop, channel, DatagramKind.of(socket));
        channel.pipeline().addLast(queries);
        loop.executor().register(channel).addListener(done -> {
            if (!done.isSuccess()) {
                relay.log().warn("relay " + relay.path().name() + ": " + done.cause().getMessage());
            }
        });
        return new DnsRelay(channel, queries);
    }

    /** From now on queries come to another relay. On the loop. */
    public void hand(RunningRelay next) {
        queries.relay = next;
    }

    /** Returns the socket of the queries. */
    DatagramChannel channel() {
        return channel;
    }

    /** Queries that come are left to whoever has the socket next; the answers to those before go out by it. */
    @Override
    public void finish() {
        queries.finished = true;
        channel.config().setAutoRead(false);
    }

    @Override
    public void close() {
        channel.close();
    }

    private static final class Queries extends SimpleChannelInboundHandler<DatagramPacket> {
        private final QueryIds ids = new QueryIds();
        private final RelayLoop loop;
        private final DatagramChannel channel;
        private final DatagramKind kind;
        private RunningRelay relay;
        private boolean finished;

        Queries(RunningRelay relay, RelayLoop loop, DatagramChannel channel, DatagramKind kind) {
            this.relay = relay;
            this.loop = loop;
            this.channel = channel;
            this.kind = kind;
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, DatagramPacket packet) {
            boolean wanted = !relay.path().listen().disabled() && DnsDialogue.isQuery(packet.content())
                    && packet.sender().getPort() != 0;
            if (wanted && relay.active() < MOST_SESSIONS) {
                DatagramClient client = new DatagramClient(channel, packet.sender());
                Session session = new Session(relay, loop, client);
                session.open(new DnsDialogue(session, client, kind, DnsDialogue.copy(packet.content()), ids.next()));
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            Fault why = Fault.of(cause);
            if (why.isOfNetwork()) {
                // An answer that did not reach its client comes back as an error of this socket; the next query is not
                // to blame.
                relay.log().debug(() -> "relay " + relay.path().name() + ": " + why.text());
            } else {
                relay.log().warn("relay " + relay.path().name() + ": cannot receive queries: " + why.text());
                pause();
            }
        }

        /** What the system lacks it would lack in the next call. */
        private void pause() {
            channel.config().setAutoRead(false);
            loop.executor().schedule(() -> {
                if (channel.isOpen() && !finished) {
                    channel.config().setAutoRead(true);
                }
            }, PAUSE, TimeUnit.SECONDS);
        }
    }
}
