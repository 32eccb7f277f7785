package org.relayd.runtime.relay.wire.linux;

import io.netty.channel.EventLoop;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.EpollIoHandle;
import io.netty.channel.unix.FileDescriptor;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandles;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.relayd.ir.config.Protocol.TcpSettings;
import org.relayd.runtime.parent.OpenSocket;
import org.relayd.runtime.relay.wire.Fault;
import org.relayd.runtime.relay.wire.HeapLimit;
import org.relayd.runtime.relay.wire.KeptLimit;
import org.relayd.runtime.relay.wire.LingeringWires;
import org.relayd.runtime.relay.wire.Transport;
import org.relayd.runtime.system.Errno;
import org.relayd.runtime.system.ErrorName;
import org.relayd.runtime.system.linux.LinuxCalls;
import org.relayd.runtime.system.linux.SocketAddresses;
import org.relayd.runtime.system.linux.SocketNumbers;

/** Wires of one epoll loop that are plain descriptors. */
public final class LinuxTransport implements Transport {
    /** Bytes that a stream may send ahead. */
    private static final int WINDOW = 4 * 1024 * 1024;

    private final IoEventLoop loop;
    private final DescriptorLimit limit;
    private final HeapLimit heap;
    private final LoopMemory memory;
    private final HandshakeQueue handshakes;
    private final LingeringWires lingering;
    private final PipePool pipes;
    private final List<LinuxWire> retired = new ArrayList<>();
    private final Runnable release = this::releaseRetired;

    /**
     * Creates the transport of a loop.
     *
     * @param loop
     *            an epoll loop
     * @param limit
     *            descriptors that the process may have, shared by all loops
     * @param heap
     *            room for sessions, shared by all loops
     * @param kept
     *            counts what all loops keep
     */
    public LinuxTransport(IoEventLoop loop, DescriptorLimit limit, HeapLimit heap, KeptLimit kept) {
        this.heap = heap;
        memory = new LoopMemory(kept);
        pipes = new PipePool(memory, this::isReserved);
        this.loop = loop;
        this.limit = limit;
        handshakes = new HandshakeQueue(loop, this::nextTurn);
        lingering = new LingeringWires(loop);
    }

    /**
     * Readies the system calls, which takes a while, and the classes that only large bodies, slow readers and TLS need:
     * what was compiled before they are there, which may be all of a loop, would be thrown away when they come. Any
     * thread.
     */
    public static void prepare() {
        LinuxCalls.prepare();
        try {
            for (Class<?> late : List.of(Backlog.class, Splice.class, Pipe.class, TlsLayer.class)) {
                MethodHandles.lookup().ensureInitialized(late);
            }
        } catch (IllegalAccessException impossible) {
            throw new IllegalStateException("classes of this package", impossible);
        }
    }

    EventLoop executor() {
        return loop;
    }

    /** What is due at once waits all the same, if a task asks for it, until the loop has been at the kernel. */
    @SuppressWarnings("FutureReturnValueIgnored") // nobody asks for the end of a turn
    private void nextTurn(Runnable task) {
        loop.schedule(task, 0, TimeUnit.NANOSECONDS);
    }

    LoopMemory memory() {
        return memory;
    }

    PipePool pipes() {
        return pipes;
    }

    HandshakeQueue handshakes() {
        return handshakes;
    }

    LingeringWires lingering() {
        return lingering;
    }

    /** Moves bytes between a socket and a pipe; the number moved, 0 at the end of the stream, or a negated errno. */
    long splice(int from, int to, long count) {
        return LinuxCalls.splice(memory.state, from, to, count);
    }

    @Override
    public void close() {
        lingering.close();
        releaseRetired();
        pipes.close();
    }

    /**
     * Takes a closed wire, whose descriptor is given back once the events at hand are handled. Given back at once, its
     * number could go to the next connection while an event of the old one still waits in the same batch, and that
     * event would be taken for one of the new connection.
     */
    void retire(LinuxWire wire) {
        if (retired.isEmpty()) {
            loop.execute(release);
        }
        retired.add(wire);
    }

    private void releaseRetired() {
        retired.forEach(LinuxWire::release);
        retired.clear();
    }

    IoRegistration register(EpollIoHandle handle) {
        Future<IoRegistration> registered = loop.register(handle);
        return registered.getNow();
    }

    @Override
    public Listener listen(OpenSocket socket, TcpSettings tcp, Arrivals arrivals) throws IOException {
        return switch (socket) {
            case OpenSocket.Descriptor(int number) -> {
                LinuxListener listener = new LinuxListener(this, number, arrivals);
                if (tcp.nodelay().orElse(true)) {
                    option(number, SocketNumbers.IPPROTO_TCP, SocketNumbers.TCP_NODELAY, 1);
                }
                listener.start();
                yield listener;
            }
            case OpenSocket.Channel other -> {
                other.close();
                throw new IOException("not a descriptor");
            }
        };
    }

    /**
     * Accepts one connection: its descriptor, or a negated errno. The peer's address stands in the memory of the loop
     * until {@link #accepted}.
     */
    int accept(int listener) {
        return LinuxCalls.accept(memory.state, listener, memory.address, memory.addressLength());
    }

    /**
     * Returns the wire of the connection that {@link #accept} took last. Socket options are
     * inherited from the listener.
     */
    LinuxWire accepted(int number) {
        return new LinuxWire(this, number, SocketAddresses.read(memory.address));
    }

    /** Returns why nobody should be let in now, as far as memory goes. May take as long as a collection. */
    Optional<String> shortage() {
        if (memory.kept.isFull()) {
            return Optional.of(memory.kept.text());
        }
        return heap.isShort() ? Optional.of(heap.text()) : Optional.empty();
    }

    /** See {@link DescriptorLimit#isScarce}. */
    boolean isScarce(int number) {
        return limit.isScarce(number);
    }

    /** Closes a descriptor for which nobody waits. */
    static void giveBack(FileDescriptor descriptor) {
        try {
            descriptor.close();
        } catch (IOException ignored) {
            // The descriptor is gone either way.
        }
    }

    /** Returns whether {@link #isScarce} would be true of the next descriptor: the kernel is asked for one. */
    boolean isShort() {
        int number = LinuxCalls.socket(memory.state, SocketNumbers.AF_INET);
        if (number < 0) {
            return true;
        }
        giveBack(new FileDescriptor(number));
        return isScarce(number);
    }

    /** Returns whether a connection may not have the descriptor of that number. */
    boolean isReserved(int number) {
        return limit.isReserved(number);
    }

    @Override
    public void expectTarget(int change) {
        limit.expect(change);
    }

    @Override
    public Attempt connect(InetSocketAddress address, TcpSettings tcp, ConnectOutcome outcome) {
        int number = LinuxCalls.socket(memory.state, SocketAddresses.family(address));
        if (number < 0) {
            outcome.failed(Failure.atOnce(Fault.of(Errno.linux(-number))));
            return NoAttempt.INSTANCE;
        }
        return connect(number, address, tcp, outcome);
    }

    @Override
    public Attempt connect(OpenSocket socket, InetSocketAddress address, TcpSettings tcp, ConnectOutcome outcome) {
        return switch (socket) {
            case OpenSocket.Descriptor(int number) -> connect(number, address, tcp, outcome);
            case OpenSocket.Channel other -> {
                outcome.failed(Failure.unusable(other));
                yield NoAttempt.INSTANCE;
            }
        };
    }

    private Attempt connect(int number, InetSocketAddress address, TcpSettings tcp, ConnectOutcome outcome) {
        if (isReserved(number)) {
            new LinuxWire(this, number, address).close();
            outcome.failed(Failure.atOnce(Fault.of(Errno.of(ErrorName.EMFILE))));
            return NoAttempt.INSTANCE;
        }
        options(number, SocketAddresses.family(address), tcp);
        int length = SocketAddresses.write(address, memory.address);
        int answer = LinuxCalls.connect(memory.state, number, memory.address, length);
        LinuxWire wire = new LinuxWire(this, number, address);
        if (answer < 0 && answer != LinuxCalls.EINPROGRESS) {
            wire.close();
            outcome.failed(new Failure(Fault.of(Errno.linux(-answer)), Cause.AT_ONCE));
            return NoAttempt.INSTANCE;
        }
        LinuxConnect attempt = new LinuxConnect(this, wire, outcome);
        wire.connecting(attempt);
        return attempt;
    }

    /** An attempt that is over. */
    private enum NoAttempt implements Attempt {
        INSTANCE;

        @Override
        public void cancel() {
            // It is over.
        }
    }

    private void options(int number, int family, TcpSettings tcp) {
        boolean inet6 = family == SocketNumbers.AF_INET6;
        int level = inet6 ? SocketNumbers.IPPROTO_IPV6 : SocketNumbers.IPPROTO_IP;
        if (tcp.nodelay().orElse(true)) {
            option(number, SocketNumbers.IPPROTO_TCP, SocketNumbers.TCP_NODELAY, 1);
        }
        tcp.socketBuffer().ifPresent(bytes -> {
            option(number, SocketNumbers.SOL_SOCKET, SocketNumbers.SO_RCVBUF, bytes);
            option(number, SocketNumbers.SOL_SOCKET, SocketNumbers.SO_SNDBUF, bytes);
        });
        tcp.ttl().ifPresent(
                hops -> option(number, level, inet6 ? SocketNumbers.IPV6_UNICAST_HOPS : SocketNumbers.IP_TTL, hops));
        tcp.minTtl().ifPresent(
                hops -> option(number, level, inet6 ? SocketNumbers.IPV6_MINHOPCOUNT : SocketNumbers.IP_MINTTL, hops));
    }

    /** When the descriptor is closed, what is unsent is forgotten, and the other end gets a reset. */
    void resetOnClose(int number) {
        LinuxCalls.setOption(memory.state, number, SocketNumbers.SOL_SOCKET, SocketNumbers.SO_LINGER, memory.noLinger);
    }

    private void option(int number, int level, int name, int value) {
        memory.option.set(ValueLayout.JAVA_INT, 0, value);
        LinuxCalls.setOption(memory.state, number, level, name, memory.option);
    }

    /**
     * Makes room for at least {@link #WINDOW} bytes in the kernel, so that a fast sender need not wait for each block
     * to be fetched. A low-water mark makes room for itself and leaves it when it is taken back (tcp(7), SO_RCVLOWAT in
     * socket(7)). SO_RCVBUF would end the kernel's own tuning, and its limit net.core.rmem_max is often lower than what
     * the tuning reaches.
     */
    void widen(int number) {
        option(number, SocketNumbers.SOL_SOCKET, SocketNumbers.SO_RCVLOWAT, WINDOW);
        option(number, SocketNumbers.SOL_SOCKET, SocketNumbers.SO_RCVLOWAT, 1);
    }

    /** Returns the error that a connect came to, as a negated errno. */
    int pendingError(int number) {
        memory.length.set(ValueLayout.JAVA_INT, 0, Integer.BYTES);
        LinuxCalls.getOption(memory.state, number, SocketNumbers.SOL_SOCKET, SocketNumbers.SO_ERROR, memory.option,
                memory.length);
        return -memory.option.get(ValueLayout.JAVA_INT, 0);
    }

    InetSocketAddress localAddress(int number) {
        LinuxCalls.localName(memory.state, number, memory.address, memory.addressLength());
        return SocketAddresses.read(memory.address);
    }

    Optional<InetSocketAddress> originalDestination(int number, InetSocketAddress peer) {
        boolean inet6 = SocketAddresses.family(peer) == SocketNumbers.AF_INET6;
        int answer = LinuxCalls.getOption(memory.state, number,
                inet6 ? SocketNumbers.IPPROTO_IPV6 : SocketNumbers.IPPROTO_IP, SocketNumbers.SO_ORIGINAL_DST,
                memory.address, memory.addressLength());
        return answer < 0 ? Optional.empty() : Optional.of(SocketAddresses.read(memory.address));
    }
}
