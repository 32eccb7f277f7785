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
import org.relayd.runtime.dns.DnsMessage;
import org.relayd.runtime.relay.RelayLoop;
import org.relayd.runtime.relay.RunningRelay;
import org.relayd.runtime.relay.Session;
import org.relayd.runtime.relay.SessionEnd;
import org.relayd.runtime.relay.wire.SystemText;

/** One query and its answer. The query leaves by a socket of its own, so that its port is one more thing that a forger has to guess. */
final class DnsSession extends Session {
    private static final int ID_LENGTH = 2;

    private final DatagramKind kind;
    private final ByteBuf query;
    private final int clientId;
    private final int id;
    private final Optional<byte[]> question;
    private Optional<DatagramChannel> channel = Optional.empty();

    /**
     * Takes a query over.
     *
     * @param query
     *            belongs to the session from now on
     * @param id
     *            the id that the target sees
     */
    DnsSession(RunningRelay relay, RelayLoop loop, DatagramClient client, DatagramKind kind, ByteBuf query, int id) {
        super(relay, loop, client);
        this.kind = kind;
        this.query = query;
        this.id = id;
        clientId = DnsMessage.id(query);
        question = DnsMessage.question(query);
    }

    @Override
    protected void begin() {
        if (choose()) {
            relay().log().debug(() -> "relay_dns_log: session " + id() + ": " + DnsMessage.summary(query));
            limit();
            query.setShort(query.readerIndex(), id);
            DatagramChannel opened = kind.towards(host().address());
            channel = Optional.of(opened);
            opened.pipeline().addLast(new Answers());
            loop().executor().register(opened).addListener(done -> {
                if (done.isSuccess()) {
                    ask(opened);
                } else {
                    failed();
                }
            });
        }
    }

    /** The socket is connected, so that only the target's address can answer. */
    private void ask(DatagramChannel opened) {
        opened.connect(host().address()).addListener(connected -> {
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
        if (!isEnded()) {
            end(SessionEnd.Fixed.FAILED);
        }
    }

    /** Gets what comes to the session's socket. */
    private final class Answers extends SimpleChannelInboundHandler<DatagramPacket> {

        @Override
        protected void channelRead0(ChannelHandlerContext context, DatagramPacket packet) {
            ByteBuf answer = packet.content();
            if (!isEnded() && isAnswer(answer)) {
                relay().log().debug(() -> "relay_dns_log: session " + id() + ": " + DnsMessage.summary(answer));
                byte[] header = {(byte) (clientId >> Byte.SIZE), (byte) clientId};
                answer.skipBytes(ID_LENGTH);
                client().send(header, ID_LENGTH, answer, answer.readableBytes());
                end(SessionEnd.Fixed.DNS_ANSWERED);
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            // An ICMP error may be forged like a datagram; the target may still answer, else the timeout ends the session.
            relay().log().debug(() -> "relay_dns_log: session " + id() + ": " + SystemText.of(cause));
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
    protected void targetConnected() {
        throw new IllegalStateException("a DNS session makes no TCP connection");
    }

    @Override
    protected void targetFailed(SessionEnd reason) {
        end(reason);
    }

    @Override
    protected void idle() {
        end(SessionEnd.Fixed.DNS_TIMEOUT);
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // closing needs no answer
    protected void ended(SessionEnd reason) {
        query.release();
        channel.ifPresent(Channel::close);
    }

    @Override
    protected String entries() {
        return "";
    }

    /** A query too short or too odd for a session of its own. */
    static boolean isQuery(ByteBuf message) {
        return message.readableBytes() >= DnsMessage.HEADER && !DnsMessage.isResponse(message);
    }

    /** A copy that a session may change. */
    static ByteBuf copy(ByteBuf message) {
        return Unpooled.copiedBuffer(message);
    }
}
