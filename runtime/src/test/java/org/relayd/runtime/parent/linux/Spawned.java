package org.relayd.runtime.parent.linux;

import java.io.IOException;
import java.lang.foreign.Arena;

/** A process as the worker is, but with the rights of this one: tests may stand where nobody else can read. */
public record Spawned(ProcessHandle process) implements AutoCloseable {

    /** Starts it, as {@link WorkerProcess#start} does. */
    public static Spawned start(WorkerCommand command, int line, int log) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            return new Spawned(ProcessHandle.of(new Spawn(arena).worker(command, line, log)).orElseThrow());
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
