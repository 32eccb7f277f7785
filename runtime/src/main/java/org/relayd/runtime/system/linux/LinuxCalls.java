package org.relayd.runtime.system.linux;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/**
 * System calls on sockets, pipes and files. Each answers what the call returned, or the negated errno if it failed;
 * {@code state} is where the errno is caught, one segment for each thread that calls.
 *
 * <p>
 * All are made through one shape, six words in and one out: the calling conventions of Linux pass integers and pointers
 * in a register each and a function looks only at those it knows, so that one stub serves them all. A stub for each
 * signature would cost a quarter of the start.
 */
public final class LinuxCalls {
    /** Try again. */
    public static final int EAGAIN = -11;
    /** Interrupted. */
    public static final int EINTR = -4;
    /** The process has no descriptor left. */
    public static final int EMFILE = -24;
    /** The machine has no descriptor left. */
    public static final int ENFILE = -23;
    /** The other end is closed. */
    public static final int EPIPE = -32;
    /** The other end is closed, and has not read everything. */
    public static final int ECONNRESET = -104;
    /** The connect goes on. */
    public static final int EINPROGRESS = -115;

    /** O_WRONLY, O_CREAT, O_APPEND, O_CLOEXEC, and O_NONBLOCK so that opening a pipe does not wait for a reader. */
    private static final int APPEND = 0x1 | 0x40 | 0x400 | 0x80000 | 0x800;

    /** O_PATH and O_CLOEXEC. */
    private static final int PLACE = 0x200000 | 0x80000;

    /** O_NOFOLLOW, one of the few numbers that are not the same on all machines. */
    private static final int NO_FOLLOW = System.getProperty("os.arch").equals("aarch64") ? 0x8000 : 0x20000;

    private static final ValueLayout.OfLong WORD = ValueLayout.JAVA_LONG;
    private static final Linker.Option CAPTURE = Linker.Option.captureCallState("errno");
    private static final VarHandle ERRNO = Linker.Option.captureStateLayout()
            .varHandle(MemoryLayout.PathElement.groupElement("errno"));
    private static final MethodHandle CALL = shape();

    private static final MemorySegment ACCEPT = function("accept4");
    private static final MemorySegment SOCKET = function("socket");
    private static final MemorySegment CONNECT = function("connect");
    private static final MemorySegment RECV = function("recv");
    private static final MemorySegment SEND = function("send");
    private static final MemorySegment SHUTDOWN = function("shutdown");
    private static final MemorySegment SET_OPTION = function("setsockopt");
    private static final MemorySegment GET_OPTION = function("getsockopt");
    private static final MemorySegment SPLICE = function("splice");
    private static final MemorySegment PIPE = function("pipe2");
    private static final MemorySegment FCNTL = function("fcntl");
    private static final MemorySegment SYSTEM_CALL = function("syscall");
    private static final MemorySegment LOCAL_NAME = function("getsockname");
    private static final MemorySegment PEER_NAME = function("getpeername");
    private static final MemorySegment OPEN = function("open");
    private static final MemorySegment BIND = function("bind");
    private static final MemorySegment LISTEN = function("listen");
    private static final MemorySegment WRITE = function("write");
    private static final MemorySegment CLOSE = function("close");
    private static final MemorySegment SIGNAL = function("signal");
    private static final MemorySegment MAP = function("mmap");
    private static final MemorySegment UNMAP = function("munmap");

    /** PROT_READ and PROT_WRITE. */
    private static final int READ_WRITE = 0x1 | 0x2;
    /** MAP_PRIVATE and MAP_ANONYMOUS. */
    private static final int OWN = 0x2 | 0x20;
    private static final MemorySegment SOCKET_PAIR = function("socketpair");
    private static final MemorySegment SEND_MESSAGE = function("sendmsg");
    private static final MemorySegment RECEIVE_MESSAGE = function("recvmsg");

    private LinuxCalls() {}

    /** Spins the stub by a call that does nothing. */
    public static void prepare() {
        MemorySegment state = Arena.ofAuto().allocate(Linker.Option.captureStateLayout());
        shutdownOutput(state, -1);
    }

    /**
     * Returns memory whose pages are there once they are used: what an arena gives is written to at once. Freed when it
     * is garbage.
     *
     * @param size
     *            bytes
     * @throws OutOfMemoryError
     *             if the kernel has none
     */
    @SuppressWarnings("restricted") // the kernel gives as many bytes as it is asked for
    public static MemorySegment pages(long size) {
        Arena arena = Arena.ofAuto();
        MemorySegment state = Arena.ofAuto().allocate(Linker.Option.captureStateLayout());
        long address = call(MAP, state, 0, size, READ_WRITE, OWN, -1, 0);
        if (address == -1) {
            throw new OutOfMemoryError("mmap of " + size + " bytes: error " + -error(state));
        }
        return MemorySegment.ofAddress(address).reinterpret(size, arena,
                gone -> call(UNMAP, state, gone.address(), size, 0, 0, 0, 0));
    }

    @SuppressWarnings("restricted") // see the class comment for why any function may be called so
    private static MethodHandle shape() {
        return Linker.nativeLinker().downcallHandle(FunctionDescriptor.of(WORD, WORD, WORD, WORD, WORD, WORD, WORD),
                CAPTURE);
    }

    static MemorySegment function(String name) {
        return Linker.nativeLinker().defaultLookup().findOrThrow(name);
    }

    static long call(MemorySegment function, MemorySegment state, long first, long second, long third,
            long fourth, long fifth, long sixth) {
        try {
            return (long) CALL.invokeExact(function, state, first, second, third, fourth, fifth, sixth);
        } catch (Throwable cause) {
            throw new IllegalStateException("foreign call", cause);
        }
    }

    /** Of a function that returns an int: the upper half of the word means nothing. */
    static int answer(MemorySegment state, long result) {
        return (int) result < 0 ? error(state) : (int) result;
    }

    private static int error(MemorySegment state) {
        return -(int) ERRNO.get(state, 0L);
    }

    /** accept4(2), not blocking; the peer's address is stored. */
    public static int accept(MemorySegment state, int fd, MemorySegment address, MemorySegment length) {
        return answer(state, call(ACCEPT, state, fd, address.address(), length.address(),
                SocketNumbers.NONBLOCK | SocketNumbers.CLOEXEC, 0, 0));
    }

    /** socket(2) for TCP, not blocking. */
    public static int socket(MemorySegment state, int family) {
        return socket(state, family, SocketNumbers.STREAM, 0);
    }

    /** socket(2), not blocking. */
    public static int socket(MemorySegment state, int family, int type, int protocol) {
        return answer(state,
                call(SOCKET, state, family, type | SocketNumbers.NONBLOCK | SocketNumbers.CLOEXEC, protocol,
                        0, 0, 0));
    }

    /**
     * syscall(2), for what the C library does to all threads of the process and the kernel to one. Its arguments are
     * read from registers, so that the shape fits it as well.
     *
     * @param number
     *            that of the system call on this machine
     */
    public static long systemCall(MemorySegment state, long number, long one, long two, long three) {
        long result = call(SYSTEM_CALL, state, number, one, two, three, 0, 0);
        return result < 0 ? error(state) : result;
    }

    /** connect(2). */
    public static int connect(MemorySegment state, int fd, MemorySegment address, int length) {
        return answer(state, call(CONNECT, state, fd, address.address(), length, 0, 0, 0));
    }

    /**
     * recv(2); 0 at the end of the stream.
     *
     * @param room
     *            at most {@link Integer#MAX_VALUE}
     */
    public static int receive(MemorySegment state, int fd, MemorySegment into, long room) {
        return answer(state, call(RECV, state, fd, into.address(), room, SocketNumbers.DONTWAIT, 0, 0));
    }

    /**
     * send(2) without SIGPIPE.
     *
     * @param count
     *            at most {@link Integer#MAX_VALUE}
     * @param flags
     *            further flags
     */
    public static int send(MemorySegment state, int fd, MemorySegment from, long count, int flags) {
        return answer(state, call(SEND, state, fd, from.address(), count,
                SocketNumbers.DONTWAIT | SocketNumbers.NOSIGNAL | flags, 0, 0));
    }

    /** shutdown(2) of the output. */
    public static int shutdownOutput(MemorySegment state, int fd) {
        return answer(state, call(SHUTDOWN, state, fd, SocketNumbers.SHUT_WR, 0, 0, 0, 0));
    }

    /** shutdown(2) of both directions, which wakes those who wait in a call on the socket. */
    public static int shutdown(MemorySegment state, int fd) {
        return answer(state, call(SHUTDOWN, state, fd, SocketNumbers.SHUT_RDWR, 0, 0, 0, 0));
    }

    /**
     * socketpair(2) of Unix stream sockets, which block.
     *
     * @param ends
     *            gets the descriptors of both
     */
    public static int socketPair(MemorySegment state, MemorySegment ends) {
        return answer(state, call(SOCKET_PAIR, state, SocketNumbers.AF_UNIX,
                SocketNumbers.STREAM | SocketNumbers.CLOEXEC, 0, ends.address(), 0, 0));
    }

    /**
     * sendmsg(2) without SIGPIPE. Waits for room in the socket if that blocks.
     *
     * @param message
     *            a struct msghdr
     */
    public static int sendMessage(MemorySegment state, int fd, MemorySegment message) {
        return answer(state,
                call(SEND_MESSAGE, state, fd, message.address(), SocketNumbers.NOSIGNAL, 0, 0, 0));
    }

    /**
     * recvmsg(2); 0 at the end of the stream. Waits for octets if the socket blocks. Descriptors that come are closed
     * by exec.
     *
     * @param message
     *            a struct msghdr, whose lengths and flags are changed
     */
    public static int receiveMessage(MemorySegment state, int fd, MemorySegment message) {
        return answer(state,
                call(RECEIVE_MESSAGE, state, fd, message.address(), SocketNumbers.CMSG_CLOEXEC, 0, 0, 0));
    }

    /** close(2): the descriptor is gone, whatever is answered. */
    public static int close(MemorySegment state, int fd) {
        return answer(state, call(CLOSE, state, fd, 0, 0, 0, 0, 0));
    }

    /**
     * setsockopt(2).
     *
     * @param value
     *            all of it is the value: mostly a number
     */
    public static int setOption(MemorySegment state, int fd, int level, int name, MemorySegment value) {
        return answer(state, call(SET_OPTION, state, fd, level, name, value.address(), value.byteSize(), 0));
    }

    /** getsockopt(2). */
    public static int getOption(MemorySegment state, int fd, int level, int name, MemorySegment value,
            MemorySegment length) {
        return answer(state, call(GET_OPTION, state, fd, level, name, value.address(), length.address(), 0));
    }

    /** splice(2), moving pages, not blocking; 0 at the end of the stream. */
    public static long splice(MemorySegment state, int from, int to, long count) {
        long moved = call(SPLICE, state, from, 0, to, 0, count, SocketNumbers.SPLICE_MOVE_NONBLOCK);
        return moved < 0 ? error(state) : moved;
    }

    /**
     * pipe2(2), not blocking.
     *
     * @param ends
     *            gets the descriptors of the read end and the write end
     */
    public static int pipe(MemorySegment state, MemorySegment ends) {
        return answer(state, call(PIPE, state, ends.address(), SocketNumbers.NONBLOCK | SocketNumbers.CLOEXEC, 0, 0, 0,
                0));
    }

    /** Asks for the size of a pipe; fcntl(2), F_SETPIPE_SZ. */
    public static int pipeSize(MemorySegment state, int pipe, int bytes) {
        return answer(state, call(FCNTL, state, pipe, SocketNumbers.SET_PIPE_SIZE, bytes, 0, 0, 0));
    }

    /**
     * open(2) to append to a file, which is created if it is not there.
     *
     * @param path
     *            ends with a zero
     * @param mode
     *            of a new file
     * @param follow
     *            whether the last name may be a symbolic link
     */
    public static int openToAppend(MemorySegment state, MemorySegment path, int mode, boolean follow) {
        return answer(state,
                call(OPEN, state, path.address(), APPEND | (follow ? 0 : NO_FOLLOW), mode, 0, 0, 0));
    }

    /**
     * open(2) with O_PATH: nothing is done to the file, whatever it is.
     *
     * @param path
     *            ends with a zero
     */
    public static int openPlace(MemorySegment state, MemorySegment path) {
        return answer(state, call(OPEN, state, path.address(), PLACE, 0, 0, 0, 0));
    }

    /** bind(2). */
    public static int bind(MemorySegment state, int fd, MemorySegment address, int length) {
        return answer(state, call(BIND, state, fd, address.address(), length, 0, 0, 0));
    }

    /** listen(2). */
    public static int listen(MemorySegment state, int fd, int backlog) {
        return answer(state, call(LISTEN, state, fd, backlog, 0, 0, 0, 0));
    }

    /** write(2). */
    public static long write(MemorySegment state, int fd, MemorySegment from, long count) {
        long written = call(WRITE, state, fd, from.address(), count, 0, 0, 0);
        return written < 0 ? error(state) : written;
    }

    /** getpeername(2). */
    public static int peerName(MemorySegment state, int fd, MemorySegment address, MemorySegment length) {
        return answer(state, call(PEER_NAME, state, fd, address.address(), length.address(), 0, 0, 0));
    }

    /** Another number for what a number stands for, not for programs that are started; fcntl(2), F_DUPFD_CLOEXEC. */
    public static int duplicate(MemorySegment state, int fd) {
        return answer(state, call(FCNTL, state, fd, SocketNumbers.DUPLICATE, 0, 0, 0, 0));
    }

    /** Lets calls on a descriptor wait, and forgets its other flags; fcntl(2), F_SETFL. */
    public static int blocking(MemorySegment state, int fd) {
        return answer(state, call(FCNTL, state, fd, SocketNumbers.SET_FLAGS, 0, 0, 0, 0));
    }

    /** Lets calls on a descriptor not wait, and forgets its other flags; fcntl(2), F_SETFL. */
    public static int nonBlocking(MemorySegment state, int fd) {
        return answer(state, call(FCNTL, state, fd, SocketNumbers.SET_FLAGS, SocketNumbers.NONBLOCK, 0, 0, 0));
    }

    /** getsockname(2). */
    public static int localName(MemorySegment state, int fd, MemorySegment address, MemorySegment length) {
        return answer(state, call(LOCAL_NAME, state, fd, address.address(), length.address(), 0, 0, 0));
    }

    /**
     * signal(2).
     *
     * @param handler
     *            address of a function that may be called at any moment on any thread
     */
    public static void signal(MemorySegment state, int number, MemorySegment handler) {
        call(SIGNAL, state, number, handler.address(), 0, 0, 0, 0);
    }
}
