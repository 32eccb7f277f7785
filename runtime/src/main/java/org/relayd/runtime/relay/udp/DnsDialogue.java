package org.relayd.runtime.relay.udp;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.DatagramPacket;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Supplier;
import org.relayd.runtime.dns.DnsMessage;
import org.relayd.runtime.relay.select.HashInput;
import org.relayd.runtime.relay.select.TargetHost;
import org.relayd.runtime.relay.session.Dialogue;
import org.relayd.runtime.relay.session.Session;
import org.relayd.runtime.relay.session.SessionEnd;
import org.relayd.runtime.relay.session.TargetChoice;
import org.relayd.runtime.system.FailedCall;

/**
 * One query and its answer. The query leaves by a socket of its own, so that its port is one more thing that a forger
 * has to guess. If it cannot be sent, or nobody listens there, another host of the table is asked.
 */
final class DnsDialogue implements Dialogue, TargetChoice.Answer {
    private final Session session;
    private final DatagramClient client;
    private final DatagramKind kind;
    private final ByteBuf query;
    private final int clientId;
    private final int id;
    private final Optional<byte[]> question;
    private final TargetChoice choice;
    private TargetHost host;
    private int attemptsLeft;
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
        host = session.host();
        choice = new TargetChoice(session, this);
    }

    @Override
    public void begin(ByteBuf come) {
        choice.begin(new HashInput());
    }

    @Override
    public void chosen(TargetHost chosen) {
        note(() -> DnsMessage.summary(query));
        session.limit(this::idle);
        query.setShort(query.readerIndex(), id);
        turnTo(chosen);
    }

    private void note(Supplier<String> what) {
        session.relay().log().debug(() -> "relay_dns_log: session " + session.id() + ": " + what.get());
    }

    private void turnTo(TargetHost chosen) {
        host = chosen;
        session.host(chosen);
        attemptsLeft = chosen.retry();
        open();
    }

    private void open() {
        DatagramChannel opened = kind.towards(host.address());
        channel = Optional.of(opened);
        opened.pipeline().addLast(new Answers());
        session.loop().executor().register(opened).addListener(done -> {
            if (done.isSuccess()) {
                ask(opened);
            } else {
                failed(opened, done.cause());
            }
        });
    }

    @Override
    public void none(SessionEnd why) {
        session.end(why);
    }

    /** The socket is connected, so that only the target's address can answer. */
    private void ask(DatagramChannel opened) {
        if (!isInUse(opened)) {
            return;
        }
        opened.connect(host.address()).addListener(connected -> {
            if (connected.isSuccess()) {
                ChannelFuture sent = opened.writeAndFlush(query.retainedSlice());
                sent.addListener(done -> {
                    if (!done.isSuccess()) {
                        failed(opened, done.cause());
                    }
                });
            } else {
                failed(opened, connected.cause());
            }
        });
    }

    /** The query did not leave. */
    private void failed(Channel by, Throwable cause) {
        if (!isInUse(by)) {
            return;
        }
        if (attemptsLeft-- > 0) {
            close();
            session.loop().executor().execute(() -> {
                if (!session.isEnded()) {
                    open();
                }
            });
        } else if (!askAnother(cause)) {
            session.end(SessionEnd.Fixed.FAILED);
        }
    }

    /** Returns whether a channel is that of the present host: others have no say. */
    private boolean isInUse(Channel any) {
        return !session.isEnded() && channel.isPresent() && channel.get().equals(any);
    }

    /** Returns whether there is another host to ask, which has been asked then. */
    private boolean askAnother(Throwable cause) {
        Optional<TargetHost> next = choice.another(host);
        next.ifPresent(other -> {
            close();
            session.missed(host, FailedCall.words(cause));
            turnTo(other);
        });
        return next.isPresent();
    }

    /** Gets what comes to the session's socket. */
    private final class Answers extends SimpleChannelInboundHandler<DatagramPacket> {

        @Override
        protected void channelRead0(ChannelHandlerContext context, DatagramPacket packet) {
            ByteBuf answer = packet.content();
            if (!session.isEnded() && isAnswer(answer)) {
                note(() -> DnsMessage.summary(answer));
                answer.setShort(answer.readerIndex(), clientId);
                client.send(answer.retain());
                session.end(SessionEnd.Fixed.DNS_ANSWERED);
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            note(() -> FailedCall.words(cause));
            // An ICMP error may be forged like a datagram: if there is nobody else to ask the target may still answer,
            // else the timeout ends the session.
            if (isInUse(context.channel())) {
                askAnother(cause);
            }
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

    /** Datagrams go at once. */
    @Override
    public long quiet() {
        return Long.MAX_VALUE;
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
    public void ended(SessionEnd end) {
        choice.cancel();
        query.release();
        close();
    }

    @SuppressWarnings("FutureReturnValueIgnored") // closing needs no answer
    private void close() {
        // Not while Netty reads: after each datagram it reads once more, without a look at whether the channel is open,
        // and the number of the descriptor may be that of another socket by then.
        channel.ifPresent(opened -> session.loop().executor().execute(opened::close));
        channel = Optional.empty();
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
