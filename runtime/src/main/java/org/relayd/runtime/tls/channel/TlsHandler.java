package org.relayd.runtime.tls.channel;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.ChannelOutputShutdownException;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.Optional;
import org.relayd.runtime.system.FailedCall;
import org.relayd.runtime.tls.TlsFailure;
import org.relayd.runtime.tls.TlsMemory;
import org.relayd.runtime.tls.TlsSide;
import org.relayd.runtime.tls.TlsStream;
import org.relayd.runtime.tls.TlsStream.State;

/**
 * Drives the stream of one channel: ciphertext on its side of the socket, plaintext on the other. It begins when it is
 * added to an open channel, and reads by itself until its outcome is told. While the channel does not read, or the
 * handshake waits, what has come is kept as it came: that of one turn of the loop.
 */
@SuppressWarnings("FutureReturnValueIgnored") // void promises: a failed write comes back as exceptionCaught
public final class TlsHandler extends ChannelDuplexHandler {
    private static final int RECORD = 16 * 1024;

    private final TlsSide side;
    private final TlsMemory memory;
    private final TlsListener listener;
    private final ArrayDeque<Early> early = new ArrayDeque<>();
    private Optional<Live> live = Optional.empty();
    private ByteBuf came = Unpooled.EMPTY_BUFFER;
    private ByteBuf opened = Unpooled.EMPTY_BUFFER;
    private boolean reads;
    private boolean streamEnded;
    private boolean told;
    private boolean over;

    /** A stream and where it stands. */
    private record Live(ChannelHandlerContext context, TlsStream stream) {}

    /** What was written before the outcome; the end of all if there are no bytes. */
    private record Early(Optional<ByteBuf> bytes, ChannelPromise promise) {
        /** It is forgotten; nobody needs to know. */
        void refuse() {
            bytes.ifPresent(ByteBuf::release);
            promise.trySuccess();
        }
    }

    /**
     * Creates the handler of one channel.
     *
     * @param memory
     *            of the loop of the channel
     */
    public TlsHandler(TlsSide side, TlsMemory memory, TlsListener listener) {
        this.side = side;
        this.memory = memory;
        this.listener = listener;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        TlsStream stream = side.stream(memory, new TlsSide.Turn(context.executor(), this::resumed));
        Live begun = new Live(context, stream);
        live = Optional.of(begun);
        reads = context.channel().config().isAutoRead();
        stream.begin();
        answer(begun);
        context.channel().config().setAutoRead(true);
        if (stream.state() == State.FAILED) {
            context.executor().execute(() -> live.ifPresent(this::go));
        }
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        live.ifPresent(one -> one.stream.release());
        live = Optional.empty();
        forget();
        early.forEach(Early::refuse);
        early.clear();
    }

    private void forget() {
        came.release();
        came = Unpooled.EMPTY_BUFFER;
        opened.release();
        opened = Unpooled.EMPTY_BUFFER;
    }

    /** Says whether plaintext is wanted once the handshake is done; before the channel is asked itself. */
    public void readAfterwards(boolean wanted) {
        reads = wanted;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        if (over || live.isEmpty()) {
            bytes.release();
            return;
        }
        came = ByteToMessageDecoder.MERGE_CUMULATOR.cumulate(context.alloc(), came, bytes);
        go(live.get());
    }

    /** Somebody reads again, within a call of their own: what was kept comes in another turn. */
    @Override
    public void read(ChannelHandlerContext context) {
        if (told && !over && (opened.isReadable() || came.isReadable() || streamEnded || isEnded())) {
            context.executor().execute(() -> live.ifPresent(this::go));
        }
        context.read();
    }

    private boolean isEnded() {
        return live.filter(one -> one.stream.state() == State.ENDED).isPresent();
    }

    /** The handshake waited for something, and it is there. */
    private void resumed() {
        live.ifPresent(one -> {
            ByteBuf to = one.context.alloc().directBuffer(TlsMemory.IN + RECORD);
            take(one, to, one.stream.proceed(MemorySegment.ofBuffer(to.nioBuffer(0, to.capacity()))));
            go(one);
        });
    }

    /** Goes on as far as it goes. */
    private void go(Live one) {
        boolean more = true;
        while (more && live.isPresent() && !over) {
            more = switch (one.stream.state()) {
                case HANDSHAKE -> open(one);
                case WAITING -> {
                    one.context.channel().config().setAutoRead(false);
                    yield false;
                }
                case OPEN, ENDED -> told ? deliver(one) : tell(one);
                case FAILED -> fail(one, one.stream.failure().orElseThrow());
            };
        }
    }

    private boolean open(Live one) {
        if (!came.isReadable()) {
            return streamEnded && end(one);
        }
        int count = Math.min(came.readableBytes(), TlsMemory.IN);
        came.readBytes(memory.inView.clear().limit(count));
        if (!came.isReadable()) {
            // An idle connection holds no memory for what it may receive.
            came.release();
            came = Unpooled.EMPTY_BUFFER;
        }
        ByteBuf to = one.context.alloc().directBuffer(count + RECORD);
        take(one, to, one.stream.open(count, MemorySegment.ofBuffer(to.nioBuffer(0, to.capacity()))));
        return true;
    }

    /** Plaintext stands in a buffer. */
    private void take(Live one, ByteBuf to, int count) {
        answer(one);
        if (count > 0) {
            opened.release();
            opened = to.writerIndex(count);
        } else {
            to.release();
        }
        if (!told && one.stream.state() == State.HANDSHAKE) {
            one.context.channel().config().setAutoRead(true);
        }
    }

    private boolean deliver(Live one) {
        if (!one.context.channel().config().isAutoRead()) {
            return false;
        }
        if (opened.isReadable()) {
            ByteBuf next = opened;
            opened = Unpooled.EMPTY_BUFFER;
            one.context.fireChannelRead(next);
            return true;
        }
        return one.stream.state() == State.ENDED ? end(one) : open(one);
    }

    /** The stream of bytes is at its end, announced or not. */
    private boolean end(Live one) {
        if (!told) {
            return fail(one, new TlsFailure(TlsFailure.Kind.GONE, "connection ended"));
        }
        over = true;
        forget();
        listener.ended(one.stream.state() == State.ENDED);
        return false;
    }

    private boolean tell(Live one) {
        told = true;
        one.context.channel().config().setAutoRead(reads);
        while (!early.isEmpty()) {
            Early next = early.remove();
            if (next.bytes.isPresent()) {
                seal(one, next.bytes.get(), next.promise);
            } else {
                finish(one);
            }
        }
        one.context.flush();
        listener.opened(one.stream.facts());
        return true;
    }

    private boolean fail(Live one, TlsFailure failure) {
        if (!told) {
            told = true;
            one.context.channel().config().setAutoRead(reads);
        } else if (opened.isReadable()) {
            // What was opened before is good.
            return deliver(one);
        }
        over = true;
        forget();
        early.forEach(Early::refuse);
        early.clear();
        if (failure.kind() == TlsFailure.Kind.PLAIN_HTTP) {
            one.context.pipeline().remove(this);
        }
        listener.failed(failure);
        return false;
    }

    /** Sends what the stream has produced by itself. */
    private void answer(Live one) {
        if (one.stream.produced() > 0) {
            one.context.writeAndFlush(produced(one), one.context.voidPromise());
        }
    }

    private ByteBuf produced(Live one) {
        int count = one.stream.produced();
        return one.context.alloc().directBuffer(count).writeBytes(memory.outView.duplicate().clear().limit(count));
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        ByteBuf bytes = (ByteBuf) message;
        if (over && !isOpen()) {
            new Early(Optional.of(bytes), promise).refuse();
        } else if (told && live.isPresent()) {
            seal(live.get(), bytes, promise);
        } else {
            early.add(new Early(Optional.of(bytes), promise));
        }
    }

    /** Returns whether sealing goes on. */
    private boolean isOpen() {
        return live.map(one -> one.stream.state()).filter(state -> state == State.OPEN || state == State.ENDED)
                .isPresent();
    }

    private void seal(Live one, ByteBuf bytes, ChannelPromise promise) {
        if (!bytes.isReadable()) {
            one.context.write(bytes, promise);
            return;
        }
        ByteBuf from = bytes;
        if (!bytes.isDirect() || bytes.nioBufferCount() != 1) {
            // The stream wants memory in one piece that does not move.
            from = one.context.alloc().directBuffer(bytes.readableBytes()).writeBytes(bytes);
            bytes.release();
        }
        try {
            while (from.isReadable()) {
                int count = Math.min(from.readableBytes(), TlsMemory.PIECE);
                one.stream.seal(MemorySegment.ofBuffer(from.nioBuffer(from.readerIndex(), count)), count);
                from.skipBytes(count);
                if (one.stream.state() == State.FAILED) {
                    promise.trySuccess();
                    failLater(one);
                    return;
                }
                one.context.write(produced(one), from.isReadable() ? one.context.newPromise() : promise);
            }
        } finally {
            from.release();
        }
    }

    /** Nothing can be sent any more; who sends now hears of it in another turn. */
    private void failLater(Live one) {
        over = true;
        forget();
        TlsFailure failure = one.stream.failure().orElseThrow();
        one.context.executor().execute(() -> {
            if (live.isPresent()) {
                listener.failed(failure);
            }
        });
    }

    /** Writes the sign that nothing more follows (close_notify), after all that was written; not flushed. */
    public void finish() {
        live.ifPresent(one -> {
            if (told) {
                finish(one);
            } else {
                early.add(new Early(Optional.empty(), one.context.voidPromise()));
            }
        });
    }

    private void finish(Live one) {
        if (isOpen() && one.stream.finish() > 0) {
            one.context.write(produced(one), one.context.voidPromise());
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event == ChannelInputShutdownEvent.INSTANCE) {
            streamEnded = true;
            live.ifPresent(this::go);
        } else {
            context.fireUserEventTriggered(event);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        streamEnded = true;
        live.ifPresent(one -> {
            if (told) {
                go(one);
            } else {
                end(one);
            }
        });
        context.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (told || live.isEmpty()) {
            context.fireExceptionCaught(cause);
        } else if (!(cause instanceof ChannelOutputShutdownException)) {
            // What came before a failed write may still say why: it is read.
            TlsFailure.Kind kind = cause instanceof IOException ? TlsFailure.Kind.GONE : TlsFailure.Kind.INTERNAL;
            fail(live.get(), new TlsFailure(kind, FailedCall.words(cause)));
        }
    }
}
