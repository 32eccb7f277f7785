package org.relayd.ctl;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The command line of relayctl(8).
 *
 * @param socket
 *            the control socket
 * @param json
 *            whether {@code show} prints JSON
 * @param colour
 *            whether states are printed in colour
 * @param help
 *            what to print in place of a command, if asked for
 * @param words
 *            the command
 */
record Options(Path socket, boolean json, Colour colour, Help help, List<String> words) {
    static final String USAGE = "usage: relayctl [-s socket] command [argument ...]";
    static final String SOCKET_OPTION = "-s";
    private static final Path SOCKET = Path.of("/var/run/relayd.sock");
    private static final String COLOUR = "--color=";
    /** The options that are words of their own. */
    static final List<String> FLAGS = List.of("--json", COLOUR + "auto", COLOUR + "always", COLOUR + "never",
            "--version", "--help");
    private static final String HELP = USAGE + """

              -s socket              control socket (/var/run/relayd.sock)
              --json                 show, monitor and doctor print JSON
              --color=auto|always|never
                                     states in colour (auto: on a terminal)
              --version, --help
            commands:
              %s
            See relayctl(8).""";

    /** What is printed in place of a command. */
    enum Help {
        NONE, USAGE, VERSION
    }

    /**
     * Reads the arguments. Options stand in front of the command, {@code --json} and {@code --color} anywhere.
     *
     * @throws Usage
     *             if an option is unknown or misses its value
     */
    static Options parse(List<String> arguments) throws Usage {
        Path socket = SOCKET;
        boolean json = false;
        Colour colour = Colour.AUTO;
        Help help = Help.NONE;
        List<String> words = new ArrayList<>();
        boolean options = true;
        for (int i = 0; i < arguments.size(); i++) {
            String argument = arguments.get(i);
            if (argument.equals("--json")) {
                json = true;
            } else if (argument.startsWith(COLOUR)) {
                colour = Colour.of(argument.substring(COLOUR.length()));
            } else if (!options || !argument.startsWith("-") || argument.equals("-")) {
                options = false;
                words.add(argument);
            } else if (argument.equals("--")) {
                options = false;
            } else if (argument.equals("--help")) {
                help = Help.USAGE;
            } else if (argument.equals("--version")) {
                help = Help.VERSION;
            } else if (argument.equals("-s") && i + 1 < arguments.size()) {
                socket = Path.of(arguments.get(++i));
            } else if (argument.startsWith("-s") && argument.length() > 2) {
                socket = Path.of(argument.substring(2));
            } else {
                throw new Usage(complaint(argument) + "\n" + USAGE);
            }
        }
        return new Options(socket, json, colour, help, List.copyOf(words));
    }

    /** Returns what {@code --help} prints. */
    static String helpText() {
        return HELP.formatted(String.join("\n  ", CommandTree.forms()));
    }

    private static String complaint(String argument) {
        return argument.equals("-s") ? "relayctl: option requires an argument -- s"
                : "relayctl: unknown option -- " + argument.replaceFirst("^--?", "");
    }
}
