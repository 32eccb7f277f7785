package org.relayd.main.bundle;

import org.relayd.compiler.recording.Answers;
import org.relayd.main.options.RelaydOptions;

/**
 * All that it takes to compile a configuration again where its machine cannot be asked.
 *
 * @param options
 *            the command line
 * @param file
 *            main file of the configuration, which may be another than that of the command line
 * @param answers
 *            what the compiler asked for, and was answered
 * @param print
 *            that of the plan which came out
 */
public record Bundle(RelaydOptions options, String file, Answers answers, PlanPrint print) {
    /** Octets of the longest one: far more than any configuration has, as certificates are no part of it. */
    public static final int LONGEST = 16 << 20;
}
