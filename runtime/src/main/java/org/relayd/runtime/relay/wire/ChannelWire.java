package org.relayd.runtime.relay.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.ChannelOutputShutdownException;
import io.netty.channel.socket.DuplexChannel;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.function.Supplier;
import org.relayd.runtime.system.Errno;
import org.relayd.runtime.system.ErrorName;
import org.relayd.runtime.tls.TlsFacts;
import org.relayd.runtime.tls.TlsFailure;
import org.relayd.runtime.tls.TlsMemory;
import org.relayd.runtime.tls.TlsSide;
import org.relayd.runtime.tls.channel.TlsHandler;
import org.relayd.runtime.tls.channel.TlsListener;

/**
 * A wire made of a Netty channel: the portable kind. Received buffers go to the other side of the
 * session without being copied.
 */
@SuppressWarnings("FutureReturnValueIgnored") // void promises: a failed write comes back as exceptionCaught
final class ChannelWire extends ChannelInboundHandlerAdapter implements Wire {
    /** Bodies up to this size are copied after their head, so that both leave in one system call. */
    private static final int COPIED = 16 * 1024;

    private final Channel channel;
    private final Supplier<TlsMemory> memory;
    private final LingeringWires last;
    private Optional<TlsHandler> tls = Optional.empty();
    private Optional<WireListener> listener = Optional.empty();
    private Optional<Lingering> lingering = Optional.empty();
    private Optional<Fault> unheard = Optional.empty();
    private boolean securing;
    /** Whether TLS has failed: what is sent is forgotten. */
    private boolean refused;
    private boolean ended;
    private boolean closing;
    private boolean congested;
    /** Bytes that waited when they were looked at last, and when they were found to have become fewer. */
    private long waited;
    private long went;

    /**
     * Creates the wire of a channel.
     *
     * @param memory
     *            of the loop, for TLS
     * @param last
     *            the wires of the loop that linger
     */
    ChannelWire(Channel channel, Supplier<TlsMemory> memory, LingeringWires last) {
        this.channel = channel;
        this.memory = memory;
        this.last = last;
    }

    @Override
    public void listener(WireListener next) {
        listener = Optional.of(next);
    }

    @Override
    public InetSocketAddress remoteAddress() {
        return (InetSocketAddress) channel.remoteAddress();
    }

    @Override
    public InetSocketAddress localAddress() {
        return (InetSocketAddress) channel.localAddress();
    }

    /** The JDK does not know. */
    @Override
    public Optional<InetSocketAddress> originalDestination() {
        return Optional.empty();
    }

    @Override
    public void read(boolean wanted) {
        if (securing) {
            tls.ifPresent(handler -> handler.readAfterwards(wanted));
        } else if (channel.isOpen() && !closing) {
            // On a channel that is being closed the registration is already gone.
            channel.config().setAutoRead(wanted);
        }
    }

    @Override
    public void send(ByteBuf bytes, int count) {
        if (closing || unheard.isPresent()) {
            bytes.skipBytes(count);
        } else {
            write(bytes.readRetainedSlice(count));
        }
    }

    @Override
    public void send(byte[] bytes, int length, ByteBuf more, int count) {
        if (closing || unheard.isPresent()) {
            more.skipBytes(count);
            return;
        }
        int copied = count <= COPIED ? count : 0;
        ByteBuf out = channel.alloc().directBuffer(length + copied);
        out.writeBytes(bytes, 0, length).writeBytes(more, copied);
        if (copied == count) {
            write(out);
        } else {
            channel.write(out, channel.voidPromise());
            send(more, count);
        }
    }

    /** While it is written a channel counts as not writable; what remains afterwards waits. */
    private void write(ByteBuf out) {
        channel.writeAndFlush(out, channel.voidPromise());
        congested |= securing || (!channel.isWritable() && !refused);
        if (congested) {
            waited = waiting();
            went = System.nanoTime();
        }
    }

    /** Returns the bytes, and some more for each buffer, that the system has not taken. */
    private long waiting() {
        ChannelOutboundBuffer out = channel.unsafe().outboundBuffer();
        return out == null ? 0 : out.totalPendingWriteBytes() - out.currentProgress();
    }

    /**
     * The JDK tells nothing of the bytes that the system has taken. But it takes more only as others go, so bytes have
     * gone if fewer wait than when that was looked at last.
     */
    @Override
    public Delivery delivery() {
        if (!congested) {
            return Delivery.NONE;
        }
        long now = System.nanoTime();
        long waits = waiting();
        if (waits < waited) {
            waited = waits;
            went = now;
        }
        return new Delivery(false, now - went);
    }

    @Override
    public boolean isCongested() {
        return (congested || (unheard.isPresent() && !closing)) && channel.isOpen();
    }

    /** The JDK copies everything. */
    @Override
    public boolean pass(Wire to, long count) {
        return false;
    }

    @Override
    public void secure(TlsSide side, Secured outcome) {
        if (!closing && channel.isOpen()) {
            TlsHandler handler = new TlsHandler(side, memory.get(), new Security(outcome));
            tls = Optional.of(handler);
            securing = true;
            channel.pipeline().addFirst(handler);
        }
    }

    /** Hears of TLS. */
    private final class Security implements TlsListener {
        private final Secured outcome;

        Security(Secured outcome) {
            this.outcome = outcome;
        }

        @Override
        public void opened(TlsFacts facts) {
            securing = false;
            outcome.done(facts);
            channelWritabilityChanged();
        }

        @Override
        public void failed(TlsFailure failure) {
            refused = failure.kind() != TlsFailure.Kind.PLAIN_HTTP;
            if (!refused) {
                tls = Optional.empty();
            }
            if (!securing) {
                broken(Fault.said(Fault.OF_TLS + failure.text()));
                return;
            }
            securing = false;
            congested = false;
            if (!closing) {
                closing = !channel.isActive();
                outcome.failed(failure);
            }
        }

        @Override
        public void ended(boolean announced) {
            if (announced || closing) {
                end();
            } else {
                broken(unheard.orElse(Fault.CUT_OFF));
            }
        }
    }

    @Override
    public void shutdownOutput() {
        if (!closing) {
            tls.ifPresent(TlsHandler::finish);
            afterOutput(_ -> ((DuplexChannel) channel).shutdownOutput());
        }
    }

    @Override
    public void closeAfterOutput() {
        if (securing) {
            close();
        } else if (refused) {
            // A reset, as bytes have come that nobody reads, would overtake the alert.
            closeLingering();
        } else if (!closing) {
            read(false);
            closing = true;
            tls.ifPresent(TlsHandler::finish);
            if (congested) {
                lingering = Optional.of(last.begin(this));
            }
            afterOutput(ChannelFutureListener.CLOSE);
        }
    }

    @Override
    public void closeAnswered() {
        if (congested) {
            closeLingering();
        } else {
            closeAfterOutput();
        }
    }

    @Override
    public void closeLingering() {
        if (securing) {
            close();
        }
        if (closing) {
            return;
        }
        read(true);
        closing = true;
        tls.ifPresent(TlsHandler::finish);
        lingering = Optional.of(last.begin(this));
        afterOutput(_ -> {
            if (ended) {
                channel.close();
            } else {
                ((DuplexChannel) channel).shutdownOutput();
            }
        });
    }

    private void afterOutput(ChannelFutureListener next) {
        ChannelFuture written = channel.writeAndFlush(Unpooled.EMPTY_BUFFER);
        written.addListener(next);
    }

    @Override
    public void close() {
        if (congested) {
            resetOnClose();
        }
        closing = true;
        channel.close();
    }

    private void resetOnClose() {
        if (channel.isOpen()) {
            channel.config().setOption(ChannelOption.SO_LINGER, 0);
        }
    }

    @Override
    public void reset() {
        resetOnClose();
        close();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        try {
            lingering.ifPresent(Lingering::received);
            if (!closing && bytes.isReadable()) {
                listener.ifPresent(to -> to.received(bytes));
            }
        } finally {
            bytes.release();
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event == ChannelInputShutdownEvent.INSTANCE) {
            end();
        }
    }

    private void end() {
        if (!ended) {
            ended = true;
            if (closing && !congested) {
                channel.close();
            } else if (unheard.isPresent()) {
                broken(unheard.get());
            } else {
                listener.ifPresent(WireListener::ended);
            }
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        last.closed(this);
        if (!closing && tls.isPresent()) {
            broken(ended ? Fault.of(Errno.of(ErrorName.ECONNRESET)) : unheard.orElse(Fault.CUT_OFF));
        } else if (!closing) {
            boolean half = ended;
            end();
            if (half && !closing) {
                closing = true;
                listener.ifPresent(to -> to.broken(Fault.of(Errno.of(ErrorName.ECONNRESET))));
            }
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        channelWritabilityChanged();
    }

    private void channelWritabilityChanged() {
        if (congested && !securing && channel.isWritable()) {
            congested = false;
            if (!closing) {
                listener.ifPresent(WireListener::drained);
            }
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (!(cause instanceof ChannelOutputShutdownException)) {
            broken(unheard.orElseGet(() -> Fault.of(cause)));
        } else if (unheard.isEmpty() && !closing) {
            unheard = Optional.of(Fault.of(Optional.ofNullable(cause.getCause()).orElse(cause)));
            channel.eventLoop().execute(this::tellUnheard);
        }
    }

    private void tellUnheard() {
        if (!closing) {
            listener.ifPresent(to -> to.unheard(unheard.orElseThrow()));
            if (ended) {
                broken(unheard.orElseThrow());
            }
        }
    }

    private void broken(Fault reason) {
        boolean told = closing;
        close();
        if (!told) {
            listener.ifPresent(to -> to.broken(reason));
        }
    }
}
