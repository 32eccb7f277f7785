package org.relayd.runtime.parent.script;

import java.io.IOException;

/** Starts and kills processes of check scripts, with the rights that scripts have. Any thread. */
public interface ScriptProcesses extends AutoCloseable {

    /**
     * Starts a process. Blocks until the program runs.
     *
     * @throws IOException
     *             with the system's words
     */
    Process start(ProcessBuilder script) throws IOException;

    /** Kills a process with all that descend from it. */
    void kill(Process script);

    /** Starts none any more. */
    @Override
    void close();

    /** Kills without waiting for the end. */
    static void killAll(Process script) {
        script.descendants().forEach(ProcessHandle::destroyForcibly);
        script.destroyForcibly();
    }

    /** Returns one that starts scripts with the rights of this process. */
    static ScriptProcesses withOwnRights() {
        return new ScriptProcesses() {
            @Override
            public Process start(ProcessBuilder script) throws IOException {
                return script.start();
            }

            @Override
            public void kill(Process script) {
                killAll(script);
            }

            @Override
            public void close() {
                // Nothing is held.
            }
        };
    }
}
