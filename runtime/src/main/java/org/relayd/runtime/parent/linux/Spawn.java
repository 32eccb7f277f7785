package org.relayd.runtime.parent.linux;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import org.relayd.runtime.system.Errno;
import org.relayd.runtime.system.SystemException;
import org.relayd.runtime.system.linux.ProcessCalls;

/** One call of posix_spawn(3). The process gets the rights of the calling thread. */
final class Spawn {
    /** Descriptors from here on are not those that the process gets. */
    private static final int ABOVE = 16;
    /** The first descriptor that the process does not have. */
    private static final int NONE = WorkerProcess.LINE + 1;
    /** A sigset_t. */
    private static final int SIGNALS = 128;
    /** SIGKILL and SIGSTOP, which nobody handles. */
    private static final long UNCHANGEABLE = 1L << (9 - 1) | 1L << (19 - 1);

    private final Arena arena;
    private final MemorySegment state;

    Spawn(Arena arena) {
        this.arena = arena;
        state = arena.allocate(Linker.Option.captureStateLayout());
    }

    /** Starts a process and returns its number. */
    int run(WorkerCommand command, int line, int log) throws IOException {
        MemorySegment actions = arena.allocate(ProcessCalls.SPAWN_ROOM);
        MemorySegment attributes = arena.allocate(ProcessCalls.SPAWN_ROOM);
        check(ProcessCalls.beginActions(state, actions));
        // Two that cannot be overwritten by one another while they are put into place.
        int lineAbove = check(ProcessCalls.duplicateFrom(state, line, ABOVE));
        int logAbove = check(ProcessCalls.duplicateFrom(state, log, ABOVE));
        try {
            act(actions, lineAbove, logAbove);
            check(ProcessCalls.beginAttributes(state, attributes, arena.allocate(SIGNALS), allSignals()));
            MemorySegment pid = arena.allocate(ValueLayout.JAVA_INT);
            check(ProcessCalls.spawn(state, pid, arena.allocateFrom(command.words().getFirst()), actions, attributes,
                    texts(command.words()), texts(command.environment())));
            ProcessCalls.endAttributes(state, attributes);
            return pid.get(ValueLayout.JAVA_INT, 0);
        } finally {
            ProcessCalls.close(state, lineAbove);
            ProcessCalls.close(state, logAbove);
            ProcessCalls.endActions(state, actions);
        }
    }

    private void act(MemorySegment actions, int line, int log) throws IOException {
        MemorySegment closeFrom = ProcessCalls.closeFrom()
                .orElseThrow(() -> new IOException("two processes need the GNU C library 2.34 or newer"));
        MemorySegment changeFolder = ProcessCalls.changeFolder()
                .orElseThrow(() -> new IOException("two processes need the GNU C library 2.34 or newer"));
        check(ProcessCalls.addFolder(state, changeFolder, actions, arena.allocateFrom("/")));
        check(ProcessCalls.addOpen(state, actions, 0, arena.allocateFrom("/dev/null")));
        check(ProcessCalls.addDuplicate(state, actions, log, 1));
        check(ProcessCalls.addDuplicate(state, actions, log, 2));
        check(ProcessCalls.addDuplicate(state, actions, line, WorkerProcess.LINE));
        check(ProcessCalls.addCloseFrom(state, closeFrom, actions, NONE));
    }

    private MemorySegment allSignals() {
        MemorySegment all = arena.allocate(SIGNALS);
        all.set(ValueLayout.JAVA_LONG_UNALIGNED, 0, ~UNCHANGEABLE);
        return all;
    }

    /** Returns an array of pointers that ends with none. */
    private MemorySegment texts(List<String> texts) {
        MemorySegment array = arena.allocate(ValueLayout.ADDRESS, texts.size() + 1L);
        for (int i = 0; i < texts.size(); i++) {
            array.setAtIndex(ValueLayout.ADDRESS, i, arena.allocateFrom(texts.get(i)));
        }
        return array;
    }

    private static int check(int result) throws IOException {
        if (result < 0) {
            throw new SystemException(Errno.linux(-result), "cannot start the worker");
        }
        return result;
    }
}
