package org.relayd.runtime.parent;

/** How a check script ended. */
public sealed interface ScriptEnd {

    /**
     * It exited.
     *
     * @param status
     *            exit status, 0 to 255
     */
    record Exited(int status) implements ScriptEnd {}

    /** It died by a signal, its own or ours after the timeout. */
    record Killed() implements ScriptEnd {}

    /**
     * The program cannot be run: it is missing or not executable.
     *
     * @param reason
     *            the system's words
     */
    record NotExecutable(String reason) implements ScriptEnd {}

    /**
     * No process could be made for it, which says nothing about the host.
     *
     * @param reason
     *            the system's words
     */
    record NotStarted(String reason) implements ScriptEnd {}
}
