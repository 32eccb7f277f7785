package org.relayd.main;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.relayd.compiler.check.state.Limits;
import org.relayd.main.options.RelaydOptions;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** Reads the command line of relayd(8). */
final class RelaydCommandLine {
    /** The original's usage line; printed for every wrong command line. */
    static final String USAGE = "usage: relayd [-dnv] [-D macro=value] [-f file]";

    /** Longest time for sessions to end, in seconds. */
    private static final int LONGEST_DRAIN = 86_400;

    private static final String HELP = USAGE + """

              -d                     stay in the foreground, log to standard error
              -D macro=value         define a macro; wins over the file
              -f file                configuration file (/etc/relayd.conf)
              -n                     check the configuration and exit
              -v                     say more; twice for debug messages
              -W error               treat warnings as errors
              --dialect D            auto, 5.1 or current
              --backend B            auto, nftables, pf, record:FILE or none
              --socket PATH          control socket
              --take-over            start in place of the daemon that runs, with its sockets
              --diagnostics STYLE    human, classic or json
              --drain SECONDS        time for sessions to end on SIGTERM (5)
              --environment FILE     with -n: take names and files from FILE instead of this machine
              --version, --help
            See relayd(8).""";

    private RelaydCommandLine() {}

    /** What a command line asks for. */
    sealed interface Request {

        /** Run or check. */
        record Run(RelaydOptions options) implements Request {}

        /** Print a text and exit with status 0. */
        record Answer(String text) implements Request {}
    }

    static CommandSpec words() {
        CommandSpec spec = CommandWords.program("relayd");
        for (String flag : new String[]{"-d", "-n", "-v"}) {
            spec.addOption(CommandWords.flag(flag));
        }
        CommandWords.addCompilerOptions(spec);
        spec.addOption(CommandWords.choice("--backend", List.of("auto", "nftables", "pf", "record:", "none")));
        spec.addOption(CommandWords.value("--drain"));
        spec.addOption(CommandWords.file("--socket"));
        spec.addOption(CommandWords.flag("--take-over"));
        return spec;
    }

    static Request parse(String[] arguments) throws UsageException {
        ParseResult words = CommandWords.parse(words(), arguments);
        Optional<String> answer = CommandWords.answer(words, HELP, "relayd");
        return answer.isPresent() ? new Request.Answer(answer.get()) : new Request.Run(options(words));
    }

    private static RelaydOptions options(ParseResult words) throws UsageException {
        String backend = CommandWords.last(words, "--backend").orElse("auto");
        Optional<String> environment = CommandWords.last(words, "--environment");
        Optional<String> socket = CommandWords.last(words, "--socket");
        if (socket.isPresent() && Limits.exceeds(socket.get(), Limits.CONTROL_SOCKET_PATH)) {
            throw new UsageException("--socket: path longer than " + Limits.CONTROL_SOCKET_PATH + " bytes");
        }
        boolean checkOnly = CommandWords.count(words, "-n") > 0;
        if (environment.isPresent() && !checkOnly) {
            throw new UsageException("--environment goes with -n");
        }
        boolean takeOver = CommandWords.count(words, "--take-over") > 0;
        if (takeOver && checkOnly) {
            throw new UsageException("--take-over does not go with -n");
        }
        return new RelaydOptions(CommandWords.count(words, "-d") > 0, checkOnly, CommandWords.count(words, "-v"),
                CommandWords.values(words, "-D"), CommandWords.last(words, "-f").orElse(RelaydOptions.DEFAULT_FILE),
                CommandWords.dialect(words),
                RelaydOptions.BackendOption.of(backend)
                        .orElseThrow(() -> new UsageException(
                                "invalid backend: " + backend + " (auto, nftables, pf, record:FILE or none)")),
                socket, CommandWords.diagnostics(words),
                CommandWords.warningsAreErrors(words),
                environment, drain(words), takeOver);
    }

    private static Duration drain(ParseResult words) throws UsageException {
        Optional<String> seconds = CommandWords.last(words, "--drain");
        if (seconds.isEmpty()) {
            return RelaydOptions.DEFAULT_DRAIN;
        }
        if (!seconds.get().matches("\\d{1,5}") || Integer.parseInt(seconds.get()) > LONGEST_DRAIN) {
            throw new UsageException("invalid --drain: " + seconds.get() + " (0 to " + LONGEST_DRAIN + " seconds)");
        }
        return Duration.ofSeconds(Integer.parseInt(seconds.get()));
    }
}
