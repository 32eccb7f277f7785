package org.relayd.runtime.relay.wire.linux;

import io.netty.channel.IoEvent;
import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.EpollIoHandle;
import io.netty.channel.epoll.EpollIoOps;
import io.netty.channel.unix.FileDescriptor;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.relayd.runtime.relay.wire.Beginning;
import org.relayd.runtime.relay.wire.Fault;
import org.relayd.runtime.relay.wire.Transport;
import org.relayd.runtime.system.Errno;
import org.relayd.runtime.system.linux.LinuxCalls;

/**
 * A listening descriptor: accepts whatever waits, edge triggered. Stops for a second when the process is short of
 * descriptors, or accepting fails for a reason that lasts.
 */
final class LinuxListener implements Transport.Listener, EpollIoHandle {
    /** Connections taken for one event; the rest waits for the next turn of the loop. */
    private static final int ACCEPTS = 64;
    private static final long PAUSE = 1;
    /** Most connections that can wait to be accepted, so that a flood cannot keep a listener open. */
    private static final int LONGEST_QUEUE = 65_536;

    private final LinuxTransport transport;
    private final FileDescriptor descriptor;
    private final Transport.Arrivals arrivals;
    private final Runnable continuation = this::accept;
    private final Runnable resumption = this::resume;
    private final IoRegistration registration;
    private boolean closed;
    /** Whether nobody is let in because memory is short. */
    private boolean filled;
    private boolean resting;

    LinuxListener(LinuxTransport transport, int number, Transport.Arrivals arrivals) {
        this.transport = transport;
        this.arrivals = arrivals;
        descriptor = new FileDescriptor(number);
        registration = transport.register(this);
    }

    /** Begins to accept, as soon as that makes sense. */
    void start() {
        Beginning.await(transport.executor(), arrivals, () -> {
            if (!closed) {
                registration.submit(EpollIoOps.EPOLLIN.with(EpollIoOps.EPOLLET));
            }
        });
    }

    @Override
    public FileDescriptor fd() {
        return descriptor;
    }

    @Override
    public void handle(IoRegistration from, IoEvent event) {
        accept();
    }

    private void accept() {
        int lost = 0;
        Optional<String> shortage = closed ? Optional.empty() : transport.shortage();
        if (shortage.isPresent()) {
            defer(shortage.get());
            return;
        }
        filled = false;
        for (int i = 0; i < ACCEPTS && !closed; i++) {
            int number = transport.accept(descriptor.intValue());
            if (number >= 0) {
                arrived(transport.accepted(number));
                if (transport.isScarce(number)) {
                    pause(LinuxCalls.EMFILE);
                    return;
                }
            } else {
                switch (AcceptFailure.of(number)) {
                    case NOBODY -> {
                        return;
                    }
                    case LOST -> lost++;
                    case LASTING -> lost = ACCEPTS;
                }
                // All of a turn: something is wrong with the listener itself.
                if (lost == ACCEPTS) {
                    pause(number);
                    return;
                }
            }
        }
        if (!closed) {
            transport.executor().execute(continuation);
        }
    }

    private void arrived(LinuxWire client) {
        try {
            arrivals.arrived(client);
        } catch (RuntimeException | Error fault) {
            client.faulted(fault);
        }
    }

    /** Told once for each time that memory fills. */
    @SuppressWarnings("FutureReturnValueIgnored") // accepting goes on, or the listener is closed by then
    private void defer(String shortage) {
        if (!filled) {
            filled = true;
            arrivals.deferred(Fault.said(shortage));
        }
        if (!resting) {
            resting = true;
            transport.executor().schedule(resumption, PAUSE, TimeUnit.SECONDS);
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // accepting goes on, or the listener is closed by then
    private void pause(int failure) {
        arrivals.deferred(Fault.of(Errno.linux(-failure)));
        transport.executor().schedule(resumption, PAUSE, TimeUnit.SECONDS);
    }

    /**
     * Goes on if descriptors have become free: else each pause would take one more of those that are kept in reserve.
     */
    private void resume() {
        resting = false;
        if (closed) {
            return;
        }
        if (transport.isShort()) {
            pause(LinuxCalls.EMFILE);
        } else {
            accept();
        }
    }

    /** Clients that the kernel has answered would be reset by the close. */
    @Override
    public void finish() {
        int number = closed ? LinuxCalls.EMFILE : transport.accept(descriptor.intValue());
        for (int i = 0; number >= 0 && i < LONGEST_QUEUE; i++) {
            arrived(transport.accepted(number));
            number = transport.isScarce(number) ? LinuxCalls.EMFILE : transport.accept(descriptor.intValue());
        }
        close();
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            LinuxTransport.giveBack(descriptor);
            registration.cancel();
        }
    }
}
