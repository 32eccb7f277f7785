package org.relayd.runtime.parent.remote.keys.linux;

import io.netty.channel.IoEvent;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.EpollIoEvent;
import io.netty.channel.epoll.EpollIoHandle;
import io.netty.channel.epoll.EpollIoOps;
import io.netty.channel.unix.FileDescriptor;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import org.relayd.runtime.parent.remote.keys.StreamLink;
import org.relayd.runtime.system.Errno;
import org.relayd.runtime.system.SystemException;
import org.relayd.runtime.system.linux.LinuxCalls;

/** A Unix stream socket on an event loop, edge triggered. */
public final class EpollLink implements StreamLink, EpollIoHandle {
    private static final EpollIoOps EVENTS = EpollIoOps.EPOLLIN.with(EpollIoOps.EPOLLOUT).with(EpollIoOps.EPOLLRDHUP)
            .with(EpollIoOps.EPOLLET);

    private final FileDescriptor descriptor;
    private final Runnable ready;
    private final MemorySegment state = Arena.ofAuto().allocate(Linker.Option.captureStateLayout());
    private final IoRegistration registration;
    /** Whether all that the system has told of was read: it tells of more. */
    private boolean drained;
    /** Whether it has told of the end, of which it tells once. */
    private boolean ending;
    private boolean closed;

    private EpollLink(IoEventLoop loop, int number, Runnable ready) throws IOException {
        descriptor = new FileDescriptor(number);
        this.ready = ready;
        registration = register(loop);
    }

    /** Makes one, as {@link StreamLink.Opener} says. */
    public static StreamLink open(IoEventLoop loop, int number, Runnable ready) throws IOException {
        EpollLink link = new EpollLink(loop, number, ready);
        link.registration.submit(EVENTS);
        return link;
    }

    private IoRegistration register(IoEventLoop loop) throws IOException {
        // On the loop it is done during the call.
        Future<IoRegistration> registered = loop.register(this);
        if (registered.isSuccess()) {
            return registered.getNow();
        }
        descriptor.close();
        throw new IOException("the event loop takes no more", registered.cause());
    }

    @Override
    public FileDescriptor fd() {
        return descriptor;
    }

    @Override
    public void handle(IoRegistration from, IoEvent event) {
        if (!closed) {
            drained = false;
            ending |= ((EpollIoEvent) event).ops().contains(EpollIoOps.EPOLLRDHUP);
            ready.run();
        }
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
        if (drained) {
            return 0;
        }
        int got;
        do {
            got = LinuxCalls.receive(state, descriptor.intValue(), MemorySegment.ofBuffer(into), into.remaining());
        } while (got == LinuxCalls.EINTR);
        // Of a stream a short read has taken all, epoll(7): the call that would say so is spared.
        drained = got < into.remaining() && !ending;
        return got == 0 ? -1 : moved(got, into);
    }

    @Override
    public int write(ByteBuffer from) throws IOException {
        int put;
        do {
            put = LinuxCalls.send(state, descriptor.intValue(), MemorySegment.ofBuffer(from), from.remaining(), 0);
        } while (put == LinuxCalls.EINTR);
        return moved(put, from);
    }

    private static int moved(int result, ByteBuffer buffer) throws IOException {
        if (result == LinuxCalls.EAGAIN) {
            return 0;
        }
        if (result < 0) {
            throw new SystemException(Errno.linux(-result));
        }
        buffer.position(buffer.position() + result);
        return result;
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            try {
                descriptor.close();
            } catch (IOException ignored) {
                // The descriptor is gone either way.
            }
            registration.cancel();
        }
    }
}
