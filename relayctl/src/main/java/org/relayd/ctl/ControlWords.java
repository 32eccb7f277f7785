package org.relayd.ctl;

import java.util.List;

/** The words of the command line of relayctl(8), for shells to complete. */
public final class ControlWords {
    private ControlWords() {}

    /** Returns the options without a value. */
    public static List<String> flags() {
        return Options.FLAGS;
    }

    /** Returns the options whose value is a file. */
    public static List<String> files() {
        return List.of(Options.SOCKET_OPTION);
    }

    /** Returns each command as its words, of which the last may be a placeholder such as {@code <path>}. */
    public static List<List<String>> commands() {
        return CommandTree.commands();
    }
}
