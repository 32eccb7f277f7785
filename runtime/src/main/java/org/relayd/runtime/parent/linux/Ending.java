package org.relayd.runtime.parent.linux;

/** How a process ended. waitpid(2). */
public sealed interface Ending {

    /**
     * It exited.
     *
     * @param status
     *            0 to 255
     */
    record Exited(int status) implements Ending {}

    /**
     * A signal ended it.
     *
     * @param signal
     *            its number
     */
    record Killed(int signal) implements Ending {}

    /** Nobody knows: this process was started with SIGCHLD ignored. */
    record Unknown() implements Ending {}

    /** Takes apart what waitpid(2) says of a process that has ended. */
    static Ending of(int status) {
        int signal = status & 0x7f;
        return signal == 0 ? new Exited(status >> 8 & 0xff) : new Killed(signal);
    }

    /** Returns it as the log has it: {@code exited with status 1}, {@code killed by signal 9}. */
    static String words(Ending ending) {
        return switch (ending) {
            case Exited(int status) -> "exited with status " + status;
            case Killed(int signal) -> "killed by signal " + signal;
            case Unknown() -> "for unknown reasons";
        };
    }
}
