package org.relayd.main;

import org.relayd.main.RelaydCommandLine.Request;
import org.relayd.main.daemon.Daemon;
import org.relayd.main.parent.ParentDaemon;
import org.relayd.main.options.RelaydOptions;

/** relayd(8): checks a configuration or runs it. */
public final class RelaydMain {
    private RelaydMain() {}

    /** Runs the program and exits with its status. */
    public static void main(String[] arguments) {
        QuickEnd.with(run(arguments));
    }

    /** Returns the exit status: 0, or 1 if the command line, the configuration or the start is at fault. */
    static int run(String[] arguments) {
        Request request;
        try {
            request = RelaydCommandLine.parse(arguments);
        } catch (UsageException misuse) {
            System.err.println("relayd: " + misuse.getMessage());
            System.err.println(RelaydCommandLine.USAGE);
            return 1;
        }
        return switch (request) {
            case Request.Answer(String text) -> {
                System.out.println(text);
                yield 0;
            }
            case Request.Run(RelaydOptions options) -> options.checkOnly() ? CheckCommand.run(options) : serve(options);
        };
    }

    /** Runs the daemon, whose libraries may have shutdown hooks; so the process ends here. */
    private static int serve(RelaydOptions options) {
        int status = ParentDaemon.isForHere() ? ParentDaemon.run(options) : Daemon.run(options);
        System.exit(status);
        return status;
    }
}
