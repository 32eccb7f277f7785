package org.relayd.main;

import java.util.List;
import java.util.Optional;
import org.relayd.compiler.report.DiagnosticStyle;
import org.relayd.ir.term.Dialect;
import org.relayd.main.options.Version;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/**
 * Options that the programs share, built without annotations: reading annotations would double the time to start. Words
 * are taken as getopt(3) takes them: flags may be clustered, a value may follow in the same word.
 */
final class CommandWords {
    /** The label of values and operands that are files. */
    static final String FILE = "file";

    /** The label of operands that are codes of diagnostics. */
    static final String CODE = "code";

    private CommandWords() {}

    /** Returns a specification that has no options yet. */
    static CommandSpec program(String name) {
        CommandSpec spec = CommandSpec.create().name(name);
        spec.parser().caseInsensitiveEnumValuesAllowed(false).unmatchedOptionsArePositionalParams(false)
                .overwrittenOptionsAllowed(true).abbreviatedOptionsAllowed(false).trimQuotes(false);
        spec.addOption(flag("--help"));
        spec.addOption(flag("--version"));
        return spec;
    }

    static OptionSpec flag(String name) {
        return OptionSpec.builder(name).type(boolean[].class).arity("0").build();
    }

    static OptionSpec value(String name) {
        return valued(name).build();
    }

    /** An option whose value is a file. */
    static OptionSpec file(String name) {
        return valued(name).paramLabel(FILE).build();
    }

    /** An option with values that shells complete; which are taken is for the program to say. */
    static OptionSpec choice(String name, List<String> values) {
        return valued(name).completionCandidates(values).build();
    }

    private static OptionSpec.Builder valued(String name) {
        return OptionSpec.builder(name).type(List.class).auxiliaryTypes(String.class).arity("1");
    }

    /** Adds what every program takes that reads a configuration. */
    static void addCompilerOptions(CommandSpec spec) {
        spec.addOption(file("-f"));
        spec.addOption(value("-D"));
        spec.addOption(choice("-W", List.of("error")));
        spec.addOption(choice("--dialect", List.of("auto", "5.1", "current")));
        spec.addOption(file("--environment"));
        spec.addOption(choice("--diagnostics", List.of("human", "classic", "json")));
    }

    /**
     * Lets other words follow.
     *
     * @param label
     *            what they are
     */
    static void addOperands(CommandSpec spec, String label) {
        spec.addPositional(PositionalParamSpec.builder().type(List.class).auxiliaryTypes(String.class).arity("0..*")
                .paramLabel(label).build());
    }

    /** Reads the words of a command line. */
    static ParseResult parse(CommandSpec spec, String[] arguments) throws UsageException {
        try {
            return new CommandLine(spec).parseArgs(arguments);
        } catch (CommandLine.MissingParameterException missing) {
            throw new UsageException("option requires an argument: " + named(missing));
        } catch (CommandLine.UnmatchedArgumentException unmatched) {
            String word = unmatched.getUnmatched().getFirst();
            throw new UsageException(
                    word.startsWith("-") ? "unknown option: " + word : "superfluous argument: " + word);
        } catch (CommandLine.ParameterException other) {
            throw new UsageException(other.getMessage());
        }
    }

    private static String named(CommandLine.MissingParameterException missing) {
        return missing.getMissing().stream().filter(OptionSpec.class::isInstance).map(ArgSpec::paramLabel).findFirst()
                .isEmpty()
                        ? missing.getMessage() : ((OptionSpec) missing.getMissing().getFirst()).longestName();
    }

    /** Returns what to print in place of doing anything, if {@code --help} or {@code --version} is among the words. */
    static Optional<String> answer(ParseResult words, String help, String program) {
        if (count(words, "--help") > 0) {
            return Optional.of(help);
        }
        return count(words, "--version") > 0 ? Optional.of(program + " " + Version.NUMBER) : Optional.empty();
    }

    static int count(ParseResult words, String flag) {
        return words.hasMatchedOption(flag) ? words.<boolean[]>matchedOptionValue(flag, new boolean[0]).length : 0;
    }

    static List<String> values(ParseResult words, String option) {
        return words.matchedOptionValue(option, List.of());
    }

    /** Returns the value of an option; of several, the last. */
    static Optional<String> last(ParseResult words, String option) {
        List<String> values = values(words, option);
        return values.isEmpty() ? Optional.empty() : Optional.of(values.getLast());
    }

    static Optional<Dialect> dialect(ParseResult words) throws UsageException {
        String word = last(words, "--dialect").orElse("auto");
        return switch (word) {
            case "auto" -> Optional.empty();
            case "5.1" -> Optional.of(Dialect.V5_1);
            case "current" -> Optional.of(Dialect.CURRENT);
            default -> throw new UsageException("invalid dialect: " + word + " (auto, 5.1 or current)");
        };
    }

    static DiagnosticStyle diagnostics(ParseResult words) throws UsageException {
        String word = last(words, "--diagnostics").orElse(DiagnosticStyle.HUMAN.word());
        for (DiagnosticStyle style : DiagnosticStyle.values()) {
            if (style.word().equals(word)) {
                return style;
            }
        }
        throw new UsageException("invalid diagnostics: " + word + " (human, classic or json)");
    }

    static boolean warningsAreErrors(ParseResult words) throws UsageException {
        for (String word : values(words, "-W")) {
            if (!word.equals("error")) {
                throw new UsageException("invalid warning option: " + word + " (error)");
            }
        }
        return !values(words, "-W").isEmpty();
    }
}
