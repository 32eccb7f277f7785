package org.relayd.runtime.relay.udp;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.DatagramPacket;
import java.util.Arrays;
import java.util.Optional;
import org.relayd.runtime.dns.DnsMessage;
import org.relayd.runtime.relay.select.HashInput;
import org.relayd.runtime.relay.select.TargetHost;
import org.relayd.runtime.relay.session.Dialogue;
import org.relayd.runtime.relay.session.Session;
import org.relayd.runtime.relay.session.SessionEnd;
import org.relayd.runtime.relay.session.TargetChoice;
import org.relayd.runtime.relay.wire.Transport;
import org.relayd.runtime.system.FailedCall;

/**
 * One query and its answer. The query leaves by a socket of its own, so that its port is one more thing that a forger
 * has to guess.
 */
final class DnsDialogue implements Dialogue, TargetChoice.Answer {
    private final Session session;
    private final DatagramClient client;
    private final DatagramKind kind;
    private final ByteBuf query;
    private final int clientId;
    private final int id;
    private final Optional<byte[]> question;
    private Optional<Transport.Attempt> choice = Optional.empty();
    private Optional<DatagramChannel> channel = Optional.empty();

    /**
     * Takes a query over.
     *
     * @param query
     *            belongs to the dialogue from now on
     * @param id
     *            the id that the target sees
     */
    DnsDialogue(Session session, DatagramClient client, DatagramKind kind, ByteBuf query, int id) {
        this.session = session;
        this.client = client;
        this.kind = kind;
        this.query = query;
        this.id = id;
        clientId = DnsMessage.id(query);
        question = DnsMessage.question(query);
    }

    @Override
    public void begin(ByteBuf come) {
        choice = Optional.of(TargetChoice.begin(session, new HashInput(), this));
    }

    @Override
    public void chosen(TargetHost host) {
        session.relay().log()
                .debug(() -> "relay_dns_log: session " + session.id() + ": " + DnsMessage.summary(query));
        session.limit(this::idle);
        query.setShort(query.readerIndex(), id);
        DatagramChannel opened = kind.towards(host.address());
        channel = Optional.of(opened);
        opened.pipeline().addLast(new Answers());
        session.loop().executor().register(opened).addListener(done -> {
            if (done.isSuccess()) {
                ask(opened, host);
            } else {
                failed();
            }
        });
    }

    @Override
    public void none(SessionEnd why) {
        session.end(why);
    }

    /** The socket is connected, so that only the target's address can answer. */
    private void ask(DatagramChannel opened, TargetHost host) {
        opened.connect(host.address()).addListener(connected -> {
            if (connected.isSuccess()) {
                ChannelFuture sent = opened.writeAndFlush(query.retainedSlice());
                sent.addListener(done -> {
                    if (!done.isSuccess()) {
                        failed();
                    }
                });
            } else {
                failed();
            }
        });
    }

    private void failed() {
        session.end(SessionEnd.Fixed.FAILED);
    }

    /** Gets what comes to the session's socket. */
    private final class Answers extends SimpleChannelInboundHandler<DatagramPacket> {

        @Override
        protected void channelRead0(ChannelHandlerContext context, DatagramPacket packet) {
            ByteBuf answer = packet.content();
            if (!session.isEnded() && isAnswer(answer)) {
                session.relay().log()
                        .debug(() -> "relay_dns_log: session " + session.id() + ": " + DnsMessage.summary(answer));
                answer.setShort(answer.readerIndex(), clientId);
                client.send(answer.retain());
                session.end(SessionEnd.Fixed.DNS_ANSWERED);
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            // An ICMP error may be forged like a datagram; the target may still answer, else the timeout ends the
            // session.
            session.relay().log()
                    .debug(() -> "relay_dns_log: session " + session.id() + ": " + FailedCall.words(cause));
        }
    }

    private boolean isAnswer(ByteBuf answer) {
        boolean whole = answer.readableBytes() >= DnsMessage.HEADER;
        return whole && DnsMessage.id(answer) == id && DnsMessage.isResponse(answer)
                && isSameQuestion(DnsMessage.question(answer));
    }

    private boolean isSameQuestion(Optional<byte[]> answered) {
        return question.isEmpty() ? answered.isEmpty()
                : answered.isPresent() && Arrays.equals(question.get(), answered.get());
    }

    @Override
    public void idle() {
        session.end(SessionEnd.Fixed.DNS_TIMEOUT);
    }

    @Override
    public String entries() {
        return "";
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // closing needs no answer
    public void ended(SessionEnd end) {
        choice.ifPresent(Transport.Attempt::cancel);
        query.release();
        // Not while Netty reads: after each datagram it reads once more, without a look at whether the channel is open,
        // and the number of the descriptor may be that of another socket by then.
        channel.ifPresent(opened -> session.loop().executor().execute(opened::close));
    }

    /** A query too short or too odd for a session of its own. */
    static boolean isQuery(ByteBuf message) {
        return message.readableBytes() >= DnsMessage.HEADER && !DnsMessage.isResponse(message);
    }

    /** Returns a copy that a session may change. */
    static ByteBuf copy(ByteBuf message) {
        return Unpooled.copiedBuffer(message);
    }
}
