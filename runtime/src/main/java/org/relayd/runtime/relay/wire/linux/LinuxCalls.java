package org.relayd.runtime.relay.wire.linux;

import java.lang.foreign.AddressLayout;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/**
 * System calls on sockets and pipes. Each answers what the call returned, or the negated errno if it failed; {@code state} is where the errno is caught, one segment for each thread that calls.
 */
final class LinuxCalls {
    /** Try again. */
    static final int EAGAIN = -11;
    /** Interrupted. */
    static final int EINTR = -4;
    /** The process has no descriptor left. */
    static final int EMFILE = -24;
    /** The machine has no descriptor left. */
    static final int ENFILE = -23;
    /** The other end is closed. */
    static final int EPIPE = -32;
    /** The connect goes on. */
    static final int EINPROGRESS = -115;

    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;
    private static final AddressLayout POINTER = ValueLayout.ADDRESS;
    private static final Linker.Option CAPTURE = Linker.Option.captureCallState("errno");
    private static final VarHandle ERRNO = Linker.Option.captureStateLayout()
            .varHandle(MemoryLayout.PathElement.groupElement("errno"));

    private static final MethodHandle ACCEPT = call("accept4", FunctionDescriptor.of(INT, INT, POINTER, POINTER, INT));
    private static final MethodHandle SOCKET = call("socket", FunctionDescriptor.of(INT, INT, INT, INT));
    private static final MethodHandle CONNECT = call("connect", FunctionDescriptor.of(INT, INT, POINTER, INT));
    private static final MethodHandle RECV = call("recv", FunctionDescriptor.of(LONG, INT, POINTER, LONG, INT));
    private static final MethodHandle SEND = call("send", FunctionDescriptor.of(LONG, INT, POINTER, LONG, INT));
    private static final MethodHandle SHUTDOWN = call("shutdown", FunctionDescriptor.of(INT, INT, INT));
    private static final MethodHandle SET_OPTION = call("setsockopt",
            FunctionDescriptor.of(INT, INT, INT, INT, POINTER, INT));
    private static final MethodHandle GET_OPTION = call("getsockopt",
            FunctionDescriptor.of(INT, INT, INT, INT, POINTER, POINTER));
    private static final MethodHandle SPLICE = call("splice",
            FunctionDescriptor.of(LONG, INT, POINTER, INT, POINTER, LONG, INT));
    private static final MethodHandle PIPE = call("pipe2", FunctionDescriptor.of(INT, POINTER, INT));
    private static final MethodHandle FCNTL = call("fcntl", FunctionDescriptor.of(INT, INT, INT, INT));
    private static final MethodHandle LOCAL_NAME = call("getsockname",
            FunctionDescriptor.of(INT, INT, POINTER, POINTER));

    private LinuxCalls() {}

    @SuppressWarnings("restricted") // the signatures are those of the manual pages
    private static MethodHandle call(String name, FunctionDescriptor signature) {
        Linker linker = Linker.nativeLinker();
        return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), signature, CAPTURE);
    }

    private static int answer(MemorySegment state, int result) {
        return result < 0 ? -(int) ERRNO.get(state, 0L) : result;
    }

    private static IllegalStateException broken(Throwable cause) {
        return new IllegalStateException("foreign call", cause);
    }

    /** accept4(2), not blocking; the peer's address is stored. */
    static int accept(MemorySegment state, int fd, MemorySegment address, MemorySegment length) {
        try {
            return answer(state, (int) ACCEPT.invokeExact(state, fd, address, length,
                    SocketNumbers.NONBLOCK | SocketNumbers.CLOEXEC));
        } catch (Throwable cause) {
            throw broken(cause);
        }
    }

    /** socket(2) for TCP, not blocking. */
    static int socket(MemorySegment state, int family) {
        try {
            return answer(state, (int) SOCKET.invokeExact(state, family,
                    SocketNumbers.STREAM | SocketNumbers.NONBLOCK | SocketNumbers.CLOEXEC, 0));
        } catch (Throwable cause) {
            throw broken(cause);
        }
    }

    /** connect(2). */
    static int connect(MemorySegment state, int fd, MemorySegment address, int length) {
        try {
            return answer(state, (int) CONNECT.invokeExact(state, fd, address, length));
        } catch (Throwable cause) {
            throw broken(cause);
        }
    }

    /** recv(2); 0 at the end of the stream. */
    static int receive(MemorySegment state, int fd, MemorySegment into, long room) {
        try {
            return answer(state, (int) (long) RECV.invokeExact(state, fd, into, room, SocketNumbers.DONTWAIT));
        } catch (Throwable cause) {
            throw broken(cause);
        }
    }

    /**
     * send(2) without SIGPIPE.
     *
     * @param flags
     *            further flags
     */
    static int send(MemorySegment state, int fd, MemorySegment from, long count, int flags) {
        try {
            return answer(state, (int) (long) SEND.invokeExact(state, fd, from, count,
                    SocketNumbers.DONTWAIT | SocketNumbers.NOSIGNAL | flags));
        } catch (Throwable cause) {
            throw broken(cause);
        }
    }

    /** shutdown(2) of the output. */
    static int shutdownOutput(MemorySegment state, int fd) {
        try {
            return answer(state, (int) SHUTDOWN.invokeExact(state, fd, SocketNumbers.SHUT_WR));
        } catch (Throwable cause) {
            throw broken(cause);
        }
    }

    /**
     * setsockopt(2) with a number.
     *
     * @param value
     *            holds the number
     */
    static int setOption(MemorySegment state, int fd, int level, int name, MemorySegment value) {
        try {
            return answer(state, (int) SET_OPTION.invokeExact(state, fd, level, name, value, Integer.BYTES));
        } catch (Throwable cause) {
            throw broken(cause);
        }
    }

    /** getsockopt(2). */
    static int getOption(MemorySegment state, int fd, int level, int name, MemorySegment value, MemorySegment length) {
        try {
            return answer(state, (int) GET_OPTION.invokeExact(state, fd, level, name, value, length));
        } catch (Throwable cause) {
            throw broken(cause);
        }
    }

    /** splice(2), moving pages, not blocking; 0 at the end of the stream. */
    static long splice(MemorySegment state, int from, int to, long count) {
        try {
            long moved = (long) SPLICE.invokeExact(state, from, MemorySegment.NULL, to, MemorySegment.NULL, count,
                    SocketNumbers.SPLICE_MOVE_NONBLOCK);
            return moved < 0 ? answer(state, -1) : moved;
        } catch (Throwable cause) {
            throw broken(cause);
        }
    }

    /**
     * pipe2(2), not blocking.
     *
     * @param ends
     *            gets the descriptors of the read end and the write end
     */
    static int pipe(MemorySegment state, MemorySegment ends) {
        try {
            return answer(state, (int) PIPE.invokeExact(state, ends, SocketNumbers.NONBLOCK | SocketNumbers.CLOEXEC));
        } catch (Throwable cause) {
            throw broken(cause);
        }
    }

    /** Asks for the size of a pipe; fcntl(2), F_SETPIPE_SZ. */
    static int pipeSize(MemorySegment state, int pipe, int bytes) {
        try {
            return answer(state, (int) FCNTL.invokeExact(state, pipe, SocketNumbers.SET_PIPE_SIZE, bytes));
        } catch (Throwable cause) {
            throw broken(cause);
        }
    }

    /** getsockname(2). */
    static int localName(MemorySegment state, int fd, MemorySegment address, MemorySegment length) {
        try {
            return answer(state, (int) LOCAL_NAME.invokeExact(state, fd, address, length));
        } catch (Throwable cause) {
            throw broken(cause);
        }
    }
}
