package org.relayd.runtime.hce.check;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPromise;
import io.netty.util.ReferenceCountUtil;
import java.util.Optional;
import java.util.function.Consumer;
import org.relayd.ir.term.CheckResult;
import org.relayd.ir.term.HostState;
import org.relayd.runtime.ProxyHeader;
import org.relayd.runtime.system.Errno;
import org.relayd.runtime.system.FailedCall;
import org.relayd.runtime.tls.TlsFacts;
import org.relayd.runtime.tls.TlsFailure;
import org.relayd.runtime.tls.channel.TlsHandler;
import org.relayd.runtime.tls.channel.TlsListener;

/** One check over one TCP connection, from connecting to the close. Engine thread only. */
@SuppressWarnings("FutureReturnValueIgnored") // closing a socket needs no answer
final class ConnectionCheck extends ChannelInboundHandlerAdapter implements RunningCheck {
    /** How far the check has come; decides what a failure or a timeout is called. */
    private enum Stage {
        CONNECT, HANDSHAKE, REQUEST, ANSWER, ENDED
    }

    private static final String ARRIVALS = "arrivals";

    private final CheckSockets sockets;
    private final CheckTarget target;
    private final Optional<CheckTls> tls;
    private final Optional<Conversation> conversation;
    private final Consumer<CheckOutcome> done;
    private final HostClock clock;
    private final TimeLimit limit;
    private Optional<Channel> channel = Optional.empty();
    private Optional<TlsHandler> handler = Optional.empty();
    private Stage stage = Stage.CONNECT;

    ConnectionCheck(CheckSockets sockets, CheckTarget target, Optional<CheckTls> tls,
            Optional<Conversation> conversation, Consumer<CheckOutcome> done) {
        this.sockets = sockets;
        this.target = target;
        this.tls = tls;
        this.conversation = conversation;
        this.done = done;
        limit = new TimeLimit(sockets.loop(), this::giveUp);
        clock = new HostClock(sockets.loop().ticker()::nanoTime, target.timeout());
        // Later, because a check must not end before its caller knows it.
        sockets.loop().execute(this::open);
    }

    @Override
    public void abandon() {
        stage = Stage.ENDED;
        limit.cancel();
        handler.ifPresent(TlsHandler::finish);
        channel.ifPresent(socket -> socket.flush().close());
    }

    private void open() {
        if (stage == Stage.ENDED) {
            return;
        }
        Channel socket;
        try {
            socket = sockets.stream(target.host().address().family());
        } catch (ChannelException refused) {
            end(exhausted(refused) ? CheckResult.TCP_SOCKET_LIMIT : CheckResult.TCP_SOCKET_ERROR);
            return;
        }
        channel = Optional.of(socket);
        socket.config().setOption(ChannelOption.CONNECT_TIMEOUT_MILLIS, 0);
        socket.pipeline().addLast(this);
        sockets.loop().register(socket).addListener(registered -> {
            if (registered.isSuccess()) {
                connect(socket);
            } else {
                end(CheckResult.TCP_SOCKET_ERROR);
            }
        });
    }

    private void connect(Channel socket) {
        if (stage == Stage.ENDED) {
            return;
        }
        try {
            target.host().ttl()
                    .ifPresent(hops -> sockets.setTimeToLive(socket, target.host().address().family(), hops));
        } catch (ChannelException | IllegalArgumentException refused) {
            end(CheckResult.TCP_SOCKET_OPTION);
            return;
        }
        clock.asked();
        socket.connect(target.socketAddress()).addListener(connected -> {
            clock.answered(socket);
            if (clock.isLate()) {
                timedOut();
            } else if (!connected.isSuccess()) {
                end(exhausted(connected.cause()) ? CheckResult.TCP_SOCKET_LIMIT : CheckResult.TCP_CONNECT_FAILED);
            } else {
                tellOfNobody(socket);
                clock.asked();
            }
        });
        if (stage != Stage.ENDED) {
            limit.begin(clock.left());
        }
    }

    private void giveUp() {
        if (clock.left() > 0) {
            limit.begin(clock.left());
        } else {
            timedOut();
        }
    }

    /** Traffic brings a PROXY protocol header, and a host that expects one takes nothing else as the beginning. */
    private void tellOfNobody(Channel socket) {
        if (target.proxy().isEmpty()) {
            speak(socket);
            return;
        }
        byte[] header = ProxyHeader.ofNobody(target.proxy().get());
        socket.writeAndFlush(Unpooled.wrappedBuffer(header)).addListener(written -> {
            if (written.isSuccess()) {
                speak(socket);
            } else {
                end(CheckResult.TCP_WRITE_FAILED);
            }
        });
    }

    private void speak(Channel socket) {
        if (tls.isPresent()) {
            handshake(socket, tls.get());
        } else {
            converse(socket, CheckResult.TCP_CONNECT_OK);
        }
    }

    private void handshake(Channel socket, CheckTls client) {
        if (stage == Stage.ENDED) {
            return;
        }
        stage = Stage.HANDSHAKE;
        TlsHandler added = client.handler(target.host().name(), new Handshake(socket));
        handler = Optional.of(added);
        // Added when the connection is open, as it begins at once.
        socket.pipeline().addFirst(ARRIVALS, new Arrivals()).addAfter(ARRIVALS, null, added);
    }

    /** Hears of TLS. */
    private final class Handshake implements TlsListener {
        private final Channel socket;

        Handshake(Channel socket) {
            this.socket = socket;
        }

        @Override
        public void opened(TlsFacts facts) {
            converse(socket, CheckResult.TLS_CONNECT_OK);
        }

        @Override
        public void failed(TlsFailure failure) {
            broken();
        }

        @Override
        public void ended(boolean announced) {
            closed();
        }
    }

    private void converse(Channel socket, CheckResult open) {
        if (stage == Stage.ENDED) {
            return;
        }
        if (conversation.isEmpty()) {
            end(open);
            return;
        }
        if (tls.isEmpty()) {
            socket.pipeline().addFirst(ARRIVALS, new Arrivals());
        }
        stage = Stage.REQUEST;
        byte[] request = conversation.get().request();
        if (request.length == 0) {
            stage = Stage.ANSWER;
            return;
        }
        socket.writeAndFlush(Unpooled.wrappedBuffer(request)).addListener(written -> {
            if (!written.isSuccess()) {
                end(named(CheckResult.TCP_WRITE_FAILED, CheckResult.TLS_WRITE_ERROR));
            } else if (stage == Stage.REQUEST) {
                stage = Stage.ANSWER;
            }
        });
    }

    /** Sees what the host sends before anybody makes something of it, and what it is asked at the very last. */
    private final class Arrivals extends ChannelDuplexHandler {
        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            clock.answered(context.channel());
            if (clock.isLate()) {
                ReferenceCountUtil.release(message);
                timedOut();
            } else {
                context.fireChannelRead(message);
                clock.asked();
            }
        }

        @Override
        public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
            context.write(message, promise);
            clock.asked();
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        try {
            if ((stage == Stage.REQUEST || stage == Stage.ANSWER) && message instanceof ByteBuf bytes) {
                conversation.flatMap(talk -> talk.received(bytes)).ifPresent(this::end);
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        closed();
    }

    private void closed() {
        switch (stage) {
            case REQUEST, ANSWER -> conversation.ifPresent(talk -> end(talk.closed()));
            case CONNECT -> end(CheckResult.TCP_CONNECT_FAILED);
            case HANDSHAKE -> end(CheckResult.TLS_CONNECT_FAILED);
            case ENDED -> {}
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        broken();
    }

    private void broken() {
        end(switch (stage) {
            case CONNECT -> CheckResult.TCP_CONNECT_FAILED;
            case HANDSHAKE -> CheckResult.TLS_CONNECT_FAILED;
            case REQUEST -> named(CheckResult.TCP_WRITE_FAILED, CheckResult.TLS_WRITE_ERROR);
            case ANSWER, ENDED -> named(CheckResult.TCP_READ_FAILED, CheckResult.TLS_READ_ERROR);
        });
    }

    private void timedOut() {
        end(switch (stage) {
            case CONNECT -> CheckResult.TCP_CONNECT_TIMEOUT;
            case HANDSHAKE -> CheckResult.TLS_CONNECT_TIMEOUT;
            case REQUEST -> named(CheckResult.TCP_WRITE_TIMEOUT, CheckResult.TLS_WRITE_TIMEOUT);
            case ANSWER, ENDED -> conversation.flatMap(Conversation::timedOut)
                    .orElse(named(CheckResult.TCP_READ_TIMEOUT, CheckResult.TLS_READ_TIMEOUT));
        });
    }

    private CheckResult named(CheckResult overTcp, CheckResult overTls) {
        return tls.isPresent() ? overTls : overTcp;
    }

    private void end(CheckResult result) {
        if (stage != Stage.ENDED) {
            abandon();
            done.accept(conversation.map(talk -> talk.outcome(result)).orElseGet(() -> CheckOutcome.of(result))
                    .after(result.verdict() == HostState.UP ? clock.answers() : clock.taken()));
        }
    }

    private static boolean exhausted(Throwable failure) {
        return FailedCall.errno(failure).filter(Errno::isShortOfDescriptors).isPresent();
    }
}
