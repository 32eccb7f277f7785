package org.relayd.ctl;

import java.io.EOFException;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.relayd.ctl.doctor.Doctor;
import org.relayd.ctl.doctor.Machine;
import org.relayd.ir.control.ControlRequest;
import org.relayd.ir.term.OperatingSystem;

/** relayctl(8). */
public final class RelayctlMain {
    private static final Path OUTPUT = Path.of("/proc/self/fd/1");

    private RelayctlMain() {}

    /** Runs the program and exits with 0 if the command was carried out, else with 1. */
    public static void main(String[] arguments) {
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8);
        PrintStream err = new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
        int status = run(List.of(arguments), out, err, RelayctlMain::isTerminal);
        out.flush();
        System.exit(status);
    }

    /**
     * Returns whether the output goes to a terminal. Elsewhere than on Linux the input has to come from one, too, and
     * the JDK looks for consoles in all modules first.
     */
    private static boolean isTerminal() {
        try {
            String output = Files.readSymbolicLink(OUTPUT).toString();
            return output.startsWith("/dev/pts/") || output.startsWith("/dev/tty") || output.equals("/dev/console");
        } catch (IOException noLinux) {
            return System.console().isTerminal();
        }
    }

    /** Runs the program. Returns the exit status. */
    static int run(List<String> arguments, PrintStream out, PrintStream err, BooleanSupplier terminal) {
        try {
            Options options = Options.parse(arguments);
            return switch (options.help()) {
                case USAGE -> print(out, Options.helpText());
                case VERSION -> print(out, "relayctl " + version());
                case NONE -> run(options, out, err, terminal);
            };
        } catch (Usage wrong) {
            err.println(wrong.getMessage());
            return 1;
        }
    }

    private static int print(PrintStream out, String text) {
        out.println(text);
        return 0;
    }

    private static String version() {
        String version = RelayctlMain.class.getPackage().getImplementationVersion();
        return version == null ? "(not packaged)" : version.replace("-SNAPSHOT", "");
    }

    private static int run(Options options, PrintStream out, PrintStream err, BooleanSupplier terminal)
            throws Usage {
        return switch (CommandTree.parse(options.words())) {
            case Command.Ask(ControlRequest request)
                    -> ask(request, options, new CommandRun(out, err, form(request, options, terminal),
                            ZoneId.systemDefault()), err);
            case Command.Examine() -> new Examination(
                    new Doctor(new Machine(Path.of("/")), OperatingSystem.ofThisMachine()), options.json())
                    .run(options.socket(), out);
        };
    }

    /** The terminal is only looked at for tables. */
    private static CommandRun.Form form(ControlRequest request, Options options, BooleanSupplier terminal) {
        if (options.json()) {
            return new CommandRun.Form.Json();
        }
        return new CommandRun.Form.Text(request instanceof ControlRequest.Show
                ? options.colour().palette(System.getenv(), terminal)
                : Palette.NONE);
    }

    private static int ask(ControlRequest request, Options options, CommandRun conversation, PrintStream err) {
        boolean waits = request instanceof ControlRequest.Monitor;
        try (DaemonConnection connection = waits ? DaemonConnection.openWhenThere(options.socket())
                : DaemonConnection.open(options.socket())) {
            return conversation.run(connection, request);
        } catch (EOFException closed) {
            err.println("relayctl: pipe closed");
        } catch (ConnectFailure refused) {
            err.println("relayctl: connect: " + options.socket() + ": " + refused.getMessage());
        } catch (IOException broken) {
            err.println("relayctl: " + broken.getMessage());
        }
        return 1;
    }
}
