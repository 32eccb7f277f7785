package org.relayd.runtime.hce.check;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramPacket;
import io.netty.util.concurrent.Future;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;
import org.relayd.ir.net.IpAddress;
import org.relayd.ir.net.IpFamily;
import org.relayd.ir.term.CheckResult;
import org.relayd.runtime.dns.DnsAnswer;
import org.relayd.runtime.dns.DnsMessage;
import org.relayd.runtime.dns.DnsQuery;

/**
 * One query to a name server and the wait for its answer. The socket is connected, so the system passes on datagrams of
 * the server only; of these, what does not answer the query is dropped and the wait goes on. Nothing is sent a second
 * time: a lost datagram is a failed check, and forgiving those is for the host's retry. Engine thread only.
 */
@SuppressWarnings("FutureReturnValueIgnored") // closing a socket needs no answer
final class DnsCheck extends SimpleChannelInboundHandler<DatagramPacket> implements RunningCheck {
    private final CheckSockets sockets;
    private final CheckTarget target;
    private final DnsQuery query;
    private final IpAddress wanted;
    private final Consumer<CheckOutcome> done;
    private byte[] question = {};
    private final TimeLimit limit;
    private Optional<Channel> channel = Optional.empty();
    private boolean ended;

    DnsCheck(CheckSockets sockets, CheckTarget target, DnsQuery query, IpAddress wanted, Consumer<CheckOutcome> done) {
        this.sockets = sockets;
        this.target = target;
        this.query = query;
        this.wanted = wanted;
        this.done = done;
        limit = new TimeLimit(sockets.loop(), () -> end(CheckResult.DNS_READ_TIMEOUT));
        // Later, because a check must not end before its caller knows it.
        sockets.loop().execute(this::open);
    }

    // Closed later: Netty reads once more after it has passed on a datagram, and the number of a descriptor that was
    // closed meanwhile may belong to somebody else.
    @Override
    public void abandon() {
        ended = true;
        limit.cancel();
        channel.ifPresent(socket -> sockets.loop().execute(socket::close));
    }

    private void open() {
        if (ended) {
            return;
        }
        IpFamily family = target.host().address().family();
        try {
            Channel socket = sockets.datagram(family);
            channel = Optional.of(socket);
            target.host().ttl().ifPresent(hops -> sockets.setTimeToLive(socket, family, hops));
            socket.pipeline().addLast(this);
            sockets.loop().register(socket).addListener(registered -> connect(socket, registered));
        } catch (ChannelException | IllegalArgumentException refused) {
            end(CheckResult.ABORTED);
        }
    }

    private void connect(Channel socket, Future<?> registered) {
        if (!registered.isSuccess()) {
            end(CheckResult.ABORTED);
        } else if (!ended) {
            limit.begin(target.timeout().toNanos());
            socket.connect(target.socketAddress()).addListener(connected -> ask(socket, connected));
        }
    }

    private void ask(Channel socket, Future<?> connected) {
        if (!connected.isSuccess()) {
            end(CheckResult.DNS_WRITE_FAILED);
        } else if (!ended) {
            ByteBuf message = query.message();
            question = DnsMessage.question(message).orElseThrow();
            socket.writeAndFlush(message).addListener(written -> {
                if (!written.isSuccess()) {
                    end(CheckResult.DNS_WRITE_FAILED);
                }
            });
        }
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, DatagramPacket packet) {
        ByteBuf message = packet.content();
        boolean answers = message.readableBytes() >= DnsMessage.HEADER && DnsMessage.id(message) == query.id()
                && DnsMessage.isResponse(message)
                && DnsMessage.question(message).filter(asked -> Arrays.equals(asked, question)).isPresent();
        if (answers && !ended) {
            end(judge(DnsAnswer.of(message)));
        }
    }

    private CheckResult judge(DnsAnswer answer) {
        if (answer.code() != 0) {
            return CheckResult.DNS_ERROR;
        } else if (answer.addresses().contains(wanted)) {
            return CheckResult.DNS_OK;
        } else if (answer.truncated()) {
            return CheckResult.DNS_TRUNCATED;
        }
        return answer.whole() ? CheckResult.DNS_MISMATCH : CheckResult.DNS_MALFORMED;
    }

    /** The system tells by an error that nobody listens on the port. */
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        end(CheckResult.DNS_READ_FAILED);
    }

    private void end(CheckResult result) {
        if (!ended) {
            abandon();
            done.accept(CheckOutcome.of(result));
        }
    }
}
