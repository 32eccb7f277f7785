package org.relayd.runtime.parent.linux;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.relayd.runtime.system.Errno;
import org.relayd.runtime.system.ErrorName;
import org.relayd.runtime.system.SystemException;
import org.relayd.runtime.system.linux.ProcessCalls;

/** One call of posix_spawn(3). The process gets the rights of the calling thread. */
final class Spawn {
    /** Descriptors from here on are not those that the process gets. */
    private static final int ABOVE = 16;
    /** Standard input, output and error. */
    private static final int STANDARD = 3;
    /** A sigset_t. */
    private static final int SIGNALS = 128;
    /** SIGKILL and SIGSTOP, which nobody handles. */
    private static final long UNCHANGEABLE = 1L << (9 - 1) | 1L << (19 - 1);

    private static final String SHELL = "/bin/sh";

    private final Arena arena;
    private final MemorySegment state;

    /** What happens to the descriptors of the process. */
    private interface Actions {
        void add(MemorySegment actions) throws IOException;
    }

    Spawn(Arena arena) {
        this.arena = arena;
        state = arena.allocate(Linker.Option.captureStateLayout());
    }

    /** Starts the worker and returns its number. */
    int worker(WorkerCommand command, int line, int log) throws IOException {
        // Two that cannot be overwritten by one another while they are put into place.
        int lineAbove = check(ProcessCalls.duplicateFrom(state, line, ABOVE));
        int logAbove = check(ProcessCalls.duplicateFrom(state, log, ABOVE));
        try {
            return started(actions -> {
                check(ProcessCalls.addOpen(state, actions, 0, arena.allocateFrom("/dev/null")));
                check(ProcessCalls.addDuplicate(state, actions, logAbove, 1));
                check(ProcessCalls.addDuplicate(state, actions, logAbove, 2));
                check(ProcessCalls.addDuplicate(state, actions, lineAbove, WorkerProcess.LINE));
                closeFrom(actions, WorkerProcess.LINE + 1);
            }, command.words(), texts(command.environment()));
        } finally {
            ProcessCalls.close(state, lineAbove);
            ProcessCalls.close(state, logAbove);
        }
    }

    /**
     * Starts a check script, which has environment, standard input, output and error of this process, and returns its
     * number. A text without the line that names its interpreter is one for the shell, as execvp(3) has it.
     *
     * @param words
     *            the program, searched in PATH if it has no slash, and its arguments
     */
    int script(List<String> words) throws IOException {
        Actions standard = actions -> closeFrom(actions, STANDARD);
        MemorySegment environment = ProcessCalls.environment();
        try {
            return started(standard, words, environment);
        } catch (SystemException refused) {
            if (!refused.errno().isOneOf(Set.of(ErrorName.ENOEXEC))) {
                throw refused;
            }
            return started(standard, Stream.concat(Stream.of(SHELL), words.stream()).toList(), environment);
        }
    }

    private int started(Actions actions, List<String> words, MemorySegment environment) throws IOException {
        MemorySegment own = arena.allocate(ProcessCalls.SPAWN_ROOM);
        MemorySegment attributes = arena.allocate(ProcessCalls.SPAWN_ROOM);
        check(ProcessCalls.beginActions(state, own));
        try {
            check(ProcessCalls.addFolder(state, needed(ProcessCalls.changeFolder()), own, arena.allocateFrom("/")));
            actions.add(own);
            check(ProcessCalls.beginAttributes(state, attributes, arena.allocate(SIGNALS), allSignals()));
            MemorySegment pid = arena.allocate(ValueLayout.JAVA_INT);
            int result = ProcessCalls.spawn(state, pid, arena.allocateFrom(words.getFirst()), own, attributes,
                    texts(words), environment);
            ProcessCalls.endAttributes(state, attributes);
            check(result);
            return pid.get(ValueLayout.JAVA_INT, 0);
        } finally {
            ProcessCalls.endActions(state, own);
        }
    }

    private void closeFrom(MemorySegment actions, int lowest) throws IOException {
        check(ProcessCalls.addCloseFrom(state, needed(ProcessCalls.closeFrom()), actions, lowest));
    }

    private static MemorySegment needed(Optional<MemorySegment> function) throws IOException {
        return function.orElseThrow(() -> new IOException("two processes need the GNU C library 2.34 or newer"));
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
            throw new SystemException(Errno.linux(-result));
        }
        return result;
    }
}
