package org.relayd.runtime.system.linux;

import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.time.Duration;
import java.util.Optional;

/**
 * Calls on processes and on the rights of threads. As in {@link LinuxCalls} each answers what the call returned, or the
 * negated errno if it failed.
 */
public final class ProcessCalls {
    /** Room for a posix_spawn_file_actions_t or a posix_spawnattr_t: 80 and 336 octets on all 64-bit systems. */
    public static final int SPAWN_ROOM = 512;
    /** POSIX_SPAWN_SETSIGDEF, POSIX_SPAWN_SETSIGMASK and POSIX_SPAWN_SETSID. */
    public static final int SIGNALS_AND_SESSION = 0x04 | 0x08 | 0x80;
    /** O_RDWR. */
    private static final int READ_WRITE = 2;
    /** F_DUPFD_CLOEXEC. */
    private static final int DUPLICATE = 1030;
    /** Room for a struct pollfd and a struct timespec. */
    public static final int POLL_ROOM = 24;
    /** POLLIN. */
    private static final short READABLE = 1;
    /** Number of pidfd_open(2), the same on all architectures. */
    private static final long OPEN_PROCESS = 434;
    private static final int MAY_READ = 4;
    private static final int MAY_EXECUTE = 1;

    private static final MemorySegment SYSTEM_CALL = LinuxCalls.function("syscall");
    private static final MemorySegment ACCESS = LinuxCalls.function("access");
    private static final MemorySegment CLOSE = LinuxCalls.function("close");
    private static final MemorySegment FCNTL = LinuxCalls.function("fcntl");
    private static final MemorySegment PIPE = LinuxCalls.function("pipe2");
    private static final MemorySegment READ = LinuxCalls.function("read");
    private static final MemorySegment WAIT = LinuxCalls.function("waitpid");
    private static final MemorySegment POLL = LinuxCalls.function("ppoll");
    private static final MemorySegment KILL = LinuxCalls.function("kill");
    private static final MemorySegment USER = LinuxCalls.function("geteuid");
    private static final MemorySegment SPAWN = LinuxCalls.function("posix_spawnp");
    private static final MemorySegment ACTIONS = LinuxCalls.function("posix_spawn_file_actions_init");
    private static final MemorySegment ADD_OPEN = LinuxCalls.function("posix_spawn_file_actions_addopen");
    private static final MemorySegment ADD_DUPLICATE = LinuxCalls.function("posix_spawn_file_actions_adddup2");
    private static final MemorySegment END_ACTIONS = LinuxCalls.function("posix_spawn_file_actions_destroy");
    private static final MemorySegment ATTRIBUTES = LinuxCalls.function("posix_spawnattr_init");
    private static final MemorySegment SET_FLAGS = LinuxCalls.function("posix_spawnattr_setflags");
    private static final MemorySegment SET_MASK = LinuxCalls.function("posix_spawnattr_setsigmask");
    private static final MemorySegment SET_DEFAULTS = LinuxCalls.function("posix_spawnattr_setsigdefault");
    private static final MemorySegment END_ATTRIBUTES = LinuxCalls.function("posix_spawnattr_destroy");

    private ProcessCalls() {}

    /**
     * syscall(2) with up to five arguments.
     *
     * @param number
     *            that of the system call on this machine
     */
    public static long systemCall(MemorySegment state, long number, long one, long two, long three, long four,
            long five) {
        return answer(state, LinuxCalls.call(SYSTEM_CALL, state, number, one, two, three, four, five));
    }

    private static long answer(MemorySegment state, long result) {
        return LinuxCalls.answer(state, result);
    }

    /** geteuid(2). */
    public static int effectiveUser(MemorySegment state) {
        return (int) LinuxCalls.call(USER, state, 0, 0, 0, 0, 0, 0);
    }

    /** access(2): 0 if the calling thread may read a file, and where asked for execute it too. */
    public static int access(MemorySegment state, MemorySegment path, boolean execute) {
        return LinuxCalls.answer(state,
                LinuxCalls.call(ACCESS, state, path.address(), execute ? MAY_READ | MAY_EXECUTE : MAY_READ, 0, 0, 0,
                        0));
    }

    /** access(2): 0 if the calling thread may pass through a folder. */
    public static int mayPass(MemorySegment state, MemorySegment path) {
        return LinuxCalls.answer(state, LinuxCalls.call(ACCESS, state, path.address(), MAY_EXECUTE, 0, 0, 0, 0));
    }

    /** close(2). */
    public static int close(MemorySegment state, int descriptor) {
        return LinuxCalls.answer(state, LinuxCalls.call(CLOSE, state, descriptor, 0, 0, 0, 0, 0));
    }

    /** fcntl(2), F_DUPFD_CLOEXEC: the lowest free descriptor from a number on. */
    public static int duplicateFrom(MemorySegment state, int descriptor, int lowest) {
        return LinuxCalls.answer(state, LinuxCalls.call(FCNTL, state, descriptor, DUPLICATE, lowest, 0, 0, 0));
    }

    /** pipe2(2), both ends blocking and not inherited. */
    public static int pipe(MemorySegment state, MemorySegment ends) {
        return LinuxCalls.answer(state,
                LinuxCalls.call(PIPE, state, ends.address(), SocketNumbers.CLOEXEC, 0, 0, 0, 0));
    }

    /** read(2). */
    public static int read(MemorySegment state, int descriptor, MemorySegment into) {
        return LinuxCalls.answer(state,
                LinuxCalls.call(READ, state, descriptor, into.address(), into.byteSize(), 0, 0, 0));
    }

    /** waitpid(2): waits until a child has ended, and takes its status. */
    public static int awaitEnd(MemorySegment state, int process, MemorySegment status) {
        return LinuxCalls.answer(state, LinuxCalls.call(WAIT, state, process, status.address(), 0, 0, 0, 0));
    }

    /** pidfd_open(2): a descriptor, not inherited, that can be read from when the process has ended. */
    public static int openProcess(MemorySegment state, int process) {
        return (int) systemCall(state, OPEN_PROCESS, process, 0, 0, 0, 0);
    }

    /**
     * ppoll(2) of one descriptor: waits until it can be read from; 0 if it could not in time.
     *
     * @param poll
     *            {@value #POLL_ROOM} octets
     */
    public static int awaitReadable(MemorySegment state, MemorySegment poll, int descriptor, Duration time) {
        poll.set(ValueLayout.JAVA_INT, 0, descriptor);
        poll.set(ValueLayout.JAVA_SHORT, Integer.BYTES, READABLE);
        poll.set(ValueLayout.JAVA_LONG, Long.BYTES, time.toSeconds());
        poll.set(ValueLayout.JAVA_LONG, 2 * Long.BYTES, time.toNanosPart());
        return LinuxCalls.answer(state,
                LinuxCalls.call(POLL, state, poll.address(), 1, poll.address() + Long.BYTES, 0, 0, 0));
    }

    /** kill(2); of a group if the number is negative. */
    public static int kill(MemorySegment state, int process, int signal) {
        return LinuxCalls.answer(state, LinuxCalls.call(KILL, state, process, signal, 0, 0, 0, 0));
    }

    /** Returns the environment of this process as the functions that start others take it, environ(7). */
    @SuppressWarnings("restricted") // a pointer of the C library
    public static MemorySegment environment() {
        return LinuxCalls.function("environ").reinterpret(ValueLayout.ADDRESS.byteSize()).get(ValueLayout.ADDRESS, 0);
    }

    /**
     * posix_spawnp(3). The functions of its arguments return the errno itself; here it is negated like any other.
     *
     * @param process
     *            gets the number of the process
     */
    public static int spawn(MemorySegment state, MemorySegment process, MemorySegment path, MemorySegment actions,
            MemorySegment attributes, MemorySegment words, MemorySegment environment) {
        return -(int) LinuxCalls.call(SPAWN, state, process.address(), path.address(), actions.address(),
                attributes.address(), words.address(), environment.address());
    }

    /** posix_spawn_file_actions_init(3). */
    public static int beginActions(MemorySegment state, MemorySegment actions) {
        return -(int) LinuxCalls.call(ACTIONS, state, actions.address(), 0, 0, 0, 0, 0);
    }

    /** posix_spawn_file_actions_addopen(3), for reading and writing. */
    public static int addOpen(MemorySegment state, MemorySegment actions, int descriptor, MemorySegment path) {
        return -(int) LinuxCalls.call(ADD_OPEN, state, actions.address(), descriptor, path.address(), READ_WRITE, 0,
                0);
    }

    /** posix_spawn_file_actions_adddup2(3). */
    public static int addDuplicate(MemorySegment state, MemorySegment actions, int from, int to) {
        return -(int) LinuxCalls.call(ADD_DUPLICATE, state, actions.address(), from, to, 0, 0, 0);
    }

    /** posix_spawn_file_actions_addclosefrom_np(3): all descriptors from one on are closed. */
    public static int addCloseFrom(MemorySegment state, MemorySegment function, MemorySegment actions, int lowest) {
        return -(int) LinuxCalls.call(function, state, actions.address(), lowest, 0, 0, 0, 0);
    }

    /** Returns the function for {@link #addCloseFrom}, which the GNU C library has from release 2.34 on. */
    public static Optional<MemorySegment> closeFrom() {
        return Linker.nativeLinker().defaultLookup().find("posix_spawn_file_actions_addclosefrom_np");
    }

    /** Returns the function that changes the folder of the new process, which the GNU C library has from 2.29 on. */
    public static Optional<MemorySegment> changeFolder() {
        return Linker.nativeLinker().defaultLookup().find("posix_spawn_file_actions_addchdir_np");
    }

    /** posix_spawn_file_actions_addchdir_np(3). */
    public static int addFolder(MemorySegment state, MemorySegment function, MemorySegment actions,
            MemorySegment path) {
        return -(int) LinuxCalls.call(function, state, actions.address(), path.address(), 0, 0, 0, 0);
    }

    /** posix_spawn_file_actions_destroy(3). */
    public static void endActions(MemorySegment state, MemorySegment actions) {
        LinuxCalls.call(END_ACTIONS, state, actions.address(), 0, 0, 0, 0, 0);
    }

    /**
     * posix_spawnattr_init(3) and what sets it: a session of its own, no signal blocked, some handled as usual.
     *
     * @param none
     *            a set without signals
     * @param usual
     *            a set of signals
     */
    public static int beginAttributes(MemorySegment state, MemorySegment attributes, MemorySegment none,
            MemorySegment usual) {
        long begun = LinuxCalls.call(ATTRIBUTES, state, attributes.address(), 0, 0, 0, 0, 0);
        if ((int) begun != 0) {
            return -(int) begun;
        }
        LinuxCalls.call(SET_FLAGS, state, attributes.address(), SIGNALS_AND_SESSION, 0, 0, 0, 0);
        LinuxCalls.call(SET_MASK, state, attributes.address(), none.address(), 0, 0, 0, 0);
        LinuxCalls.call(SET_DEFAULTS, state, attributes.address(), usual.address(), 0, 0, 0, 0);
        return 0;
    }

    /** posix_spawnattr_destroy(3). */
    public static void endAttributes(MemorySegment state, MemorySegment attributes) {
        LinuxCalls.call(END_ATTRIBUTES, state, attributes.address(), 0, 0, 0, 0, 0);
    }
}
