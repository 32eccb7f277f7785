package org.relayd.main.options;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.relayd.compiler.CompilerOptions;
import org.relayd.compiler.check.state.ExtensionPolicy;
import org.relayd.compiler.lower.BackEnd;
import org.relayd.compiler.report.DiagnosticStyle;
import org.relayd.ir.term.Dialect;
import org.relayd.ir.term.OperatingSystem;

/**
 * The command line of relayd(8).
 *
 * @param foreground
 *            {@code -d}: stay in the foreground and log to standard error
 * @param checkOnly
 *            {@code -n}: check the configuration and exit
 * @param verbosity
 *            how often {@code -v} was given
 * @param macros
 *            arguments of {@code -D}, in order
 * @param file
 *            {@code -f}; default {@value #DEFAULT_FILE}
 * @param dialect
 *            {@code --dialect}; empty for auto
 * @param backend
 *            {@code --backend}; default auto
 * @param socket
 *            {@code --socket}; wins over the configuration
 * @param diagnostics
 *            {@code --diagnostics}; default human
 * @param warningsAreErrors
 *            {@code -W error}
 * @param environment
 *            {@code --environment}: a file that stands in for the machine, with {@code -n} only
 * @param drain
 *            {@code --drain}: longest time that sessions have to end when the daemon does; zero for none
 * @param takeOver
 *            {@code --take-over}: start in place of a daemon that runs, with its sockets
 */
public record RelaydOptions(boolean foreground, boolean checkOnly, int verbosity, List<String> macros, String file,
        Optional<Dialect> dialect, BackendOption backend, Optional<String> socket, DiagnosticStyle diagnostics,
        boolean warningsAreErrors,
        Optional<String> environment, Duration drain, boolean takeOver) {
    /** The control socket that neither command line nor configuration names. */
    private static final String CONTROL_SOCKET = "/var/run/relayd.sock";
    /** The file read without {@code -f}. */
    public static final String DEFAULT_FILE = "/etc/relayd.conf";

    /** The time without {@code --drain}. */
    public static final Duration DEFAULT_DRAIN = Duration.ofSeconds(5);

    /** Copies the list. */
    public RelaydOptions {
        macros = List.copyOf(macros);
    }

    /** Returns the same with other macros. */
    public RelaydOptions withMacros(List<String> others) {
        return new RelaydOptions(foreground, checkOnly, verbosity, others, file, dialect, backend, socket, diagnostics,
                warningsAreErrors, environment, drain, takeOver);
    }

    /** Returns what the compiler needs to know. */
    public CompilerOptions compilerOptions() {
        return new CompilerOptions(dialect, macros, ExtensionPolicy.OPT_IN);
    }

    /**
     * Returns the path of the control socket.
     *
     * @param configured
     *            that of the configuration
     */
    public String controlSocket(Optional<String> configured) {
        return socket.or(() -> configured).orElse(CONTROL_SOCKET);
    }

    /** What carries out redirections and routes. relayd(8): {@code --backend}. */
    public sealed interface BackendOption {

        /** Returns the back end that is meant on a system. */
        static BackEnd on(OperatingSystem system, BackendOption wish) {
            return switch (wish) {
                case Auto() -> own(system);
                case Nftables() -> switch (system) {
                    case LINUX -> own(system);
                    case OPENBSD, FREEBSD, OTHER -> new BackEnd.Foreign("back end nftables: only Linux has it");
                };
                case Pf() -> switch (system) {
                    case OPENBSD, FREEBSD -> own(system);
                    case LINUX, OTHER -> new BackEnd.Foreign("back end pf: only OpenBSD and FreeBSD have it");
                };
                case RecordTo(String path) -> new BackEnd.Recorder(path);
                case None() -> new BackEnd.None();
            };
        }

        private static BackEnd own(OperatingSystem system) {
            return switch (system) {
                case LINUX -> new BackEnd.Nftables();
                case OPENBSD -> new BackEnd.PfOfOpenBsd();
                case FREEBSD -> new BackEnd.PfOfFreeBsd();
                case OTHER -> new BackEnd.Missing();
            };
        }

        /** That of the platform, when the configuration needs one. */
        record Auto() implements BackendOption {}

        /** nftables and rtnetlink. */
        record Nftables() implements BackendOption {}

        /** pf(4) and route(4). */
        record Pf() implements BackendOption {}

        /**
         * A file that gets one line for each call, which is not made.
         *
         * @param path
         *            the file, appended to
         */
        record RecordTo(String path) implements BackendOption {}

        /** Nothing: redirections and routes are not carried out. */
        record None() implements BackendOption {}

        /** Returns the back end that a word of the command line names, if it names one. */
        static Optional<BackendOption> of(String word) {
            return Optional.ofNullable(switch (word) {
                case "auto" -> new Auto();
                case "nftables" -> new Nftables();
                case "pf" -> new Pf();
                case "none" -> new None();
                default -> word.startsWith("record:") && word.length() > 7 ? new RecordTo(word.substring(7)) : null;
            });
        }
    }
}
