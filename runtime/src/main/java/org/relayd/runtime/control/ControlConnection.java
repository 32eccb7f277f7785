package org.relayd.runtime.control;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.handler.codec.LengthFieldBasedFrameDecoder;
import io.netty.handler.flush.FlushConsolidationHandler;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.relayd.ir.control.ControlCodec;
import org.relayd.ir.control.ControlFormatException;
import org.relayd.ir.control.ControlReply;
import org.relayd.ir.control.ControlRequest;

/** One connection of relayctl(8): one request, its replies. */
@SuppressWarnings("FutureReturnValueIgnored") // writing and closing need no answer: a broken connection closes itself
final class ControlConnection extends SimpleChannelInboundHandler<ByteBuf> implements ControlClient {
    /** A client that has not sent its request by then is cut off. */
    private static final int REQUEST_SECONDS = 10;
    /** Bytes that may wait for a client to read them: the rows of some ten thousand hosts. */
    private static final int UNREAD = 4 << 20;

    private final Channel channel;
    private final ControlService service;
    private final Future<?> patience;
    // Refused once its request is there: a close before that would reset the connection and hide the reason.
    private boolean superfluous;
    private boolean asked;

    private ControlConnection(Channel channel, ControlService service) {
        this.channel = channel;
        this.service = service;
        this.patience = channel.eventLoop().schedule(this::close, REQUEST_SECONDS, TimeUnit.SECONDS);
    }

    /** Prepares an accepted connection. */
    static void install(Channel channel, ControlService service, AtomicInteger clients) {
        channel.config().setOption(ChannelOption.WRITE_BUFFER_WATER_MARK, new WriteBufferWaterMark(UNREAD / 2, UNREAD));
        ControlConnection connection = new ControlConnection(channel, service);
        // The rows of one answer go out together, not one by one.
        channel.pipeline().addLast(new FlushConsolidationHandler(),
                new LengthFieldBasedFrameDecoder(ControlCodec.LENGTH_BYTES + ControlCodec.LONGEST_REQUEST, 0,
                        ControlCodec.LENGTH_BYTES, 0, ControlCodec.LENGTH_BYTES),
                connection);
        channel.closeFuture().addListener(_ -> {
            connection.patience.cancel(false);
            clients.decrementAndGet();
        });
        connection.superfluous = clients.incrementAndGet() > ControlServer.CLIENTS;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, ByteBuf frame) {
        if (asked) {
            close();
            return;
        }
        asked = true;
        patience.cancel(false);
        if (superfluous) {
            finish(new ControlReply.Refused("too many clients"));
            return;
        }
        ControlRequest request;
        try {
            request = ControlCodec.request(ByteBufUtil.getBytes(frame));
        } catch (ControlFormatException bad) {
            finish(new ControlReply.Refused(String.valueOf(bad.getMessage())));
            return;
        }
        service.serve(request, this);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        // A frame that is too long, or a connection that broke: nothing can be said any more.
        close();
    }

    @Override
    public void send(ControlReply reply) {
        if (channel.isWritable()) {
            channel.writeAndFlush(Unpooled.wrappedBuffer(ControlCodec.frame(reply)));
        } else {
            close();
        }
    }

    @Override
    public void finish(ControlReply last) {
        channel.writeAndFlush(Unpooled.wrappedBuffer(ControlCodec.frame(last)))
                .addListener(ChannelFutureListener.CLOSE);
    }

    @Override
    public void close() {
        channel.close();
    }

    @Override
    public void onClose(Runnable action) {
        channel.closeFuture().addListener(_ -> action.run());
    }
}
