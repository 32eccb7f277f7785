package org.relayd.runtime.relay.wire.linux;

import io.netty.buffer.ByteBuf;
import io.netty.channel.IoEvent;
import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.EpollIoEvent;
import io.netty.channel.epoll.EpollIoHandle;
import io.netty.channel.unix.FileDescriptor;
import java.net.InetSocketAddress;
import java.util.Optional;
import org.relayd.runtime.relay.wire.Delivery;
import org.relayd.runtime.relay.wire.Fault;
import org.relayd.runtime.relay.wire.Lingering;
import org.relayd.runtime.relay.wire.Secured;
import org.relayd.runtime.relay.wire.Wire;
import org.relayd.runtime.relay.wire.WireListener;
import org.relayd.runtime.relay.wire.linux.Phase.Connected;
import org.relayd.runtime.relay.wire.linux.Phase.Connecting;
import org.relayd.runtime.relay.wire.linux.Phase.Lingers;
import org.relayd.runtime.system.Errno;
import org.relayd.runtime.system.linux.LinuxCalls;
import org.relayd.runtime.tls.TlsSide;
import org.relayd.runtime.tls.TlsStream;

/**
 * A wire that is a descriptor. Registered once, edge triggered, for everything: reading stops and goes on without a
 * system call, because the wire remembers that bytes are waiting. Holds memory only while it has unsent bytes.
 */
final class LinuxWire implements Wire, EpollIoHandle {
    private final LinuxTransport transport;
    private final FileDescriptor descriptor;
    private final int number;
    private final InetSocketAddress remote;
    private WireListener listener = SilentListener.INSTANCE;
    private IoRegistration registration;
    private Phase phase = Connected.OPEN;
    private Layer layer;
    private final Inbox inbox;
    private final Outbox outbox;
    /** Why sending failed: what came before that is still read. */
    private Optional<Fault> unheard = Optional.empty();

    LinuxWire(LinuxTransport transport, int number, InetSocketAddress remote) {
        this.transport = transport;
        this.number = number;
        this.remote = remote;
        descriptor = new FileDescriptor(number);
        layer = new PlainLayer(transport.memory(), number);
        inbox = new Inbox(transport, this, layer);
        outbox = new Outbox(transport, number, layer);
    }

    /** Returns the number of the descriptor. */
    int number() {
        return number;
    }

    /** Waits for a connect. */
    void connecting(LinuxConnect attempt) {
        phase = new Connecting(attempt);
        register();
    }

    /** The bytes of a new wire have another form than plain. */
    void layer(Layer next) {
        layer = next;
        inbox.layer(next);
        outbox.layer(next);
    }

    private void register() {
        if (registration == null && phase != Connected.CLOSED) {
            registration = transport.register(this);
            registration.submit(Events.ALL);
        }
    }

    @Override
    public void listener(WireListener next) {
        if (listener instanceof Handshake handshake) {
            handshake.listener(next);
        } else {
            listener = next;
        }
    }

    @Override
    public InetSocketAddress remoteAddress() {
        return remote;
    }

    @Override
    public InetSocketAddress localAddress() {
        return transport.localAddress(number);
    }

    @Override
    public Optional<InetSocketAddress> originalDestination() {
        return transport.originalDestination(number, remote);
    }

    @Override
    public void read(boolean wanted) {
        if (phase == Connected.OPEN) {
            register();
            if (listener instanceof Handshake handshake) {
                handshake.want(wanted);
            } else {
                inbox.want(wanted);
            }
        }
    }

    @Override
    public FileDescriptor fd() {
        return descriptor;
    }

    @Override
    public void handle(IoRegistration from, IoEvent event) {
        try {
            handle(((EpollIoEvent) event).ops().value());
        } catch (RuntimeException | Error fault) {
            faulted(fault);
        }
    }

    /** Returns what does the same, and ends the session if that fails. */
    Runnable guarded(Runnable turn) {
        return () -> {
            try {
                turn.run();
            } catch (RuntimeException | Error fault) {
                faulted(fault);
            }
        };
    }

    /**
     * A fault of relayd, or a class that cannot be loaded, or no memory or stack: the session ends. Netty would end the
     * loop, and all others would hang.
     */
    void faulted(Throwable fault) {
        Thread thread = Thread.currentThread();
        thread.getUncaughtExceptionHandler().uncaughtException(thread, fault);
        Phase before = phase;
        close();
        if (before instanceof Connecting(LinuxConnect attempt)) {
            attempt.failed(Fault.INTERNAL);
        } else if (before == Connected.OPEN) {
            listener.broken(Fault.INTERNAL);
        }
    }

    private void handle(int events) {
        if (phase instanceof Connecting(LinuxConnect attempt) && !attempt.told(events)) {
            return;
        }
        if (phase == Connected.CLOSED) {
            return;
        }
        if (phase instanceof Lingers(Lingering lingering) && (events & Events.IN) != 0) {
            lingering.received();
        }
        inbox.told(events);
        if ((events & Events.OUT) != 0 && !outbox.isEmpty()) {
            drain(true);
        }
        inbox.pull();
        if ((events & Events.FAILED) != 0 && inbox.isDeaf() && isHeard()) {
            failedUnread();
        }
    }

    /** No receive tells what is wrong: nobody reads, or the end has been read before. */
    private void failedUnread() {
        int error = transport.pendingError(number);
        if (error != 0) {
            unheard(error);
        }
    }

    /** The connection is there. */
    void connected() {
        phase = Connected.OPEN;
    }

    /** Returns whether nothing is wanted any more. */
    boolean isClosed() {
        return phase == Connected.CLOSED;
    }

    /** Returns whether sending has failed. */
    boolean hasFailed() {
        return unheard.isPresent();
    }

    /** Bytes have come. */
    void received(ByteBuf bytes) {
        if (phase == Connected.OPEN) {
            listener.received(bytes);
        }
    }

    /** The other end sends no more. */
    void ended() {
        if (unheard.isPresent()) {
            broken(unheard.get());
        } else if (phase == Connected.OPEN) {
            listener.ended();
        } else if (outbox.isEmpty()) {
            close();
        }
    }

    /** A receive has failed. */
    void broken(int failure) {
        broken(fault(failure));
    }

    private Fault fault(int failure) {
        return unheard.or(() -> layer.fault().map(Fault::said)).orElseGet(() -> Fault.of(Errno.linux(-failure)));
    }

    private void broken(Fault reason) {
        boolean told = phase == Connected.OPEN;
        close();
        if (told) {
            listener.broken(reason);
        }
    }

    @Override
    public void send(ByteBuf bytes, int count) {
        if (isHeard()) {
            sent(outbox.send(bytes, count));
        } else {
            bytes.skipBytes(count);
        }
    }

    @Override
    public void send(byte[] bytes, int length, ByteBuf more, int count) {
        if (isHeard()) {
            sent(outbox.send(bytes, length, more, count));
        } else {
            more.skipBytes(count);
        }
    }

    /** A packet less, and with TLS the sign of the end in the same one. */
    @Override
    public void sendLast(byte[] bytes, int length, ByteBuf more, int count) {
        layer.hold(true);
        send(bytes, length, more, count);
        layer.hold(false);
    }

    /** Bytes have come in a pipe. */
    void moved(Pipe pipe, long count) {
        if (isHeard()) {
            sent(outbox.move(pipe, count));
        } else {
            pipe.close();
        }
    }

    /** Returns whether the wire is neither closed nor about to be. */
    boolean isOpen() {
        return phase == Connected.OPEN;
    }

    /** Returns whether bytes can be sent at once. */
    boolean isIdle() {
        return isHeard() && outbox.isEmpty();
    }

    private boolean isHeard() {
        return phase == Connected.OPEN && unheard.isEmpty();
    }

    private void sent(int answer) {
        if (answer < 0) {
            unheard(answer);
        } else if (!outbox.isEmpty()) {
            register();
        }
    }

    /** Sends what waits; {@code due} is whether somebody wants to know when nothing does any more. */
    private void drain(boolean due) {
        int answer = outbox.drain();
        if (answer < 0) {
            unheard(answer);
        } else if (due && outbox.isEmpty()) {
            drained();
        }
    }

    /**
     * The connection has failed, and the kernel has forgotten why. Told by the loop, not in the middle of the session's
     * call.
     */
    void unheard(int failure) {
        unheard = Optional.of(fault(failure));
        outbox.discard();
        inbox.failed();
        transport.executor().execute(guarded(this::tellUnheard));
    }

    private void tellUnheard() {
        if (phase != Connected.OPEN) {
            close();
        } else {
            listener.unheard(unheard.orElseThrow());
            if (inbox.isEnded()) {
                ended();
            } else {
                inbox.pull();
            }
        }
    }

    @Override
    public boolean pass(Wire to, long count) {
        if (to instanceof LinuxWire other && phase == Connected.OPEN && layer.mayPass() && other.layer.mayPass()) {
            inbox.pass(other, count);
            return true;
        }
        return false;
    }

    /** Bytes of this wire went to another one in the kernel. */
    void passed(long count) {
        if (phase == Connected.OPEN) {
            listener.passed(count);
        }
    }

    private void drained() {
        if (phase == Connected.OPEN) {
            listener.drained();
        } else if (inbox.isDeaf() || isSecuring()) {
            close();
        }
    }

    @Override
    public boolean isCongested() {
        return !outbox.isEmpty() || (unheard.isPresent() && phase == Connected.OPEN);
    }

    @Override
    public Delivery delivery() {
        if (phase == Connected.CLOSED) {
            return Delivery.NONE;
        }
        Delivery ofKernel = TcpInfo.delivery(transport.memory(), number);
        return outbox.isEmpty() ? ofKernel : new Delivery(false, ofKernel.quiet());
    }

    @Override
    public void secure(TlsSide side, Secured outcome) {
        if (phase != Connected.OPEN) {
            return;
        }
        TlsStream stream = side.stream(transport.memory().tls(),
                new TlsSide.Turn(transport.executor(), guarded(this::resumed)));
        Handshake handshake = new Handshake(this, transport, inbox, stream, listener, outcome);
        listener = handshake;
        register();
        handshake.begin(outbox.take());
    }

    /** Returns whether it is in its handshake. */
    boolean isSecuring() {
        return listener instanceof Handshake;
    }

    private void resumed() {
        if (phase != Connected.CLOSED && listener instanceof Handshake handshake) {
            handshake.resumed();
        }
    }

    /** The handshake is over: the session hears the wire again. */
    void heard(WireListener session, boolean wanted) {
        listener = session;
        inbox.look();
        inbox.want(wanted);
    }

    /** What was sent in the handshake must not go without it. */
    void forget() {
        outbox.forget();
    }

    /** The handshake has gone well: what was sent meanwhile goes. */
    void secured() {
        if (phase != Connected.CLOSED) {
            drain(!outbox.isEmpty() || phase != Connected.OPEN);
        }
    }

    @Override
    public void shutdownOutput() {
        if (phase == Connected.OPEN) {
            sent(outbox.end());
        }
    }

    /** Returns whether the sign that no more bytes follow has gone, where the layer has one. */
    private boolean finished() {
        sent(outbox.finish());
        return outbox.isEmpty();
    }

    @Override
    public void closeAfterOutput() {
        if (phase == Connected.OPEN) {
            if (layer.fault().isPresent() && inbox.hasUnread()) {
                // A reset would overtake what the layer has said.
                linger(true);
            } else if (outbox.isEmpty() && finished()) {
                close();
            } else {
                linger(false);
            }
        }
    }

    @Override
    public void closeAnswered() {
        if (inbox.hasUnread() || !outbox.isEmpty()) {
            closeLingering();
        } else {
            closeAfterOutput();
        }
    }

    @Override
    public void closeLingering() {
        if (phase == Connected.OPEN) {
            linger(true);
        }
    }

    private void linger(boolean reads) {
        shutdownOutput();
        read(reads);
        if (outbox.isEmpty() && (inbox.isDeaf() || isSecuring())) {
            close();
        } else {
            phase = new Lingers(transport.lingering().begin(this));
        }
    }

    @Override
    public void close() {
        if (phase == Connected.CLOSED) {
            return;
        }
        if (phase instanceof Lingers) {
            transport.lingering().closed(this);
        }
        phase = Connected.CLOSED;
        if (!outbox.isEmpty()) {
            transport.resetOnClose(number);
        }
        outbox.discard();
        layer.release();
        inbox.discard();
        transport.retire(this);
    }

    @Override
    public void reset() {
        if (phase != Connected.CLOSED) {
            transport.resetOnClose(number);
            close();
        }
    }

    /** Gives the descriptor of a closed wire back; see {@link LinuxTransport#retire}. */
    void release() {
        // First the descriptor, then the registration: epoll forgets a closed descriptor without a call.
        LinuxTransport.giveBack(descriptor);
        if (registration != null) {
            registration.cancel();
        }
    }
}
