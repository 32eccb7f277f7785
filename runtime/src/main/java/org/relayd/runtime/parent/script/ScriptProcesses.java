package org.relayd.runtime.parent.script;

import java.io.IOException;
import org.relayd.runtime.parent.ScriptEnd;
import org.relayd.runtime.parent.ScriptRun;

/**
 * Makes processes of check scripts, with the rights that scripts have: environment, standard input, output and error
 * are this process's, the current folder is {@code /}. Any thread.
 */
public interface ScriptProcesses extends AutoCloseable {

    /**
     * Starts a script, waits for its end, and kills it with all that descend from it when it takes too long or this is
     * closed.
     *
     * @throws IOException
     *             with the system's words if it cannot be started, or is not because this is closed
     */
    ScriptEnd run(ScriptRun script) throws IOException;

    /** Starts none any more, and kills those that run. */
    @Override
    void close();
}
