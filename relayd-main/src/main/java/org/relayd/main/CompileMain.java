package org.relayd.main;

import java.util.Arrays;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** relayd-compile(1): prints what the compiler makes of a configuration. Loads no class of the runtime. */
public final class CompileMain {
    private static final String USAGE = """
            usage: relayd-compile [-f file] [-D macro=value] [-W error] [--dialect D]
                       [--environment file] [--diagnostics style] [--down host] --emit kind
                   relayd-compile fmt [-w] [file]
                   relayd-compile explain-code code""";

    private CompileMain() {}

    /** Runs the program and exits with its status. */
    public static void main(String[] arguments) {
        QuickEnd.with(run(arguments));
    }

    /** Returns the exit status: 0, or 1 if the command line or the configuration is at fault. */
    static int run(String[] arguments) {
        try {
            String verb = arguments.length == 0 ? "" : arguments[0];
            String[] rest = arguments.length == 0 ? arguments : Arrays.copyOfRange(arguments, 1, arguments.length);
            return switch (verb) {
                case "fmt" -> FormatCommand.run(rest);
                case "explain-code" -> ExplainCommand.run(rest);
                default -> emit(arguments);
            };
        } catch (UsageException misuse) {
            System.err.println("relayd-compile: " + misuse.getMessage());
            System.err.println(USAGE);
            return 1;
        }
    }

    private static int emit(String[] arguments) throws UsageException {
        CommandSpec spec = CommandWords.program("relayd-compile");
        CommandWords.addCompilerOptions(spec);
        spec.addOption(CommandWords.value("--emit"));
        spec.addOption(CommandWords.value("--down"));
        ParseResult words = CommandWords.parse(spec, arguments);
        if (CommandWords.count(words, "--help") > 0) {
            System.out.println(USAGE);
            return 0;
        }
        if (CommandWords.count(words, "--version") > 0) {
            System.out.println("relayd-compile " + Version.NUMBER);
            return 0;
        }
        Optional<String> kind = CommandWords.last(words, "--emit");
        if (kind.isEmpty()) {
            throw new UsageException("--emit is missing");
        }
        return EmitCommand.run(EmitKind.of(kind.get()), words);
    }
}
