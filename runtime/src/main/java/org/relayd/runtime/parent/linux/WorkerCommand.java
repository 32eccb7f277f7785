package org.relayd.runtime.parent.linux;

import java.nio.file.Path;
import java.util.List;

/**
 * What the worker is started by.
 *
 * @param words
 *            the program, absolute, and its arguments
 * @param environment
 *            all of its environment, as {@code NAME=value}
 * @param programs
 *            what its user must be able to execute, absolute
 * @param files
 *            what its user must be able to read, absolute
 */
public record WorkerCommand(List<String> words, List<String> environment, List<Path> programs, List<Path> files) {

    /** Copies the lists. */
    public WorkerCommand {
        words = List.copyOf(words);
        environment = List.copyOf(environment);
        programs = List.copyOf(programs);
        files = List.copyOf(files);
    }
}
