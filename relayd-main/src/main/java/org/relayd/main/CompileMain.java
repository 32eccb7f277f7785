package org.relayd.main;

import java.util.Arrays;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** relayd-compile(1): prints what the compiler makes of a configuration. Loads no class of the runtime. */
public final class CompileMain {
    private static final String USAGE = """
            usage: relayd-compile [-f file] [-D macro=value] [-W error] [--dialect D]
                       [--environment file] [--diagnostics style] [--down host]
                       [--strict-compat] --emit kind
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
                case "fmt" -> run(FormatCommand.words(), rest, FormatCommand::run);
                case "explain-code" -> run(ExplainCommand.words(), rest, ExplainCommand::run);
                default -> run(EmitCommand.words(), arguments, EmitCommand::run);
            };
        } catch (UsageException misuse) {
            System.err.println("relayd-compile: " + misuse.getMessage());
            System.err.println(USAGE);
            return 1;
        }
    }

    /** What is done with the words of a command line; gives the exit status. */
    private interface Action {
        int run(ParseResult words) throws UsageException;
    }

    private static int run(CommandSpec spec, String[] arguments, Action action) throws UsageException {
        ParseResult words = CommandWords.parse(spec, arguments);
        Optional<String> answer = CommandWords.answer(words, USAGE, "relayd-compile");
        answer.ifPresent(System.out::println);
        return answer.isPresent() ? 0 : action.run(words);
    }
}
