package org.relayd.main;

import java.util.List;
import java.util.stream.Stream;
import org.relayd.ir.diagnostic.DiagnosticCode;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The words of the command lines of relayd(8) and relayd-compile(1), for shells to complete. */
public final class ProgramWords {
    private ProgramWords() {}

    /**
     * One option.
     *
     * @param name
     *            as it is written
     * @param value
     *            what follows it
     */
    public record Option(String name, Value value) {}

    /** What follows an option, or stands alone. */
    public sealed interface Value {

        /** Nothing. */
        record None() implements Value {}

        /** A word that cannot be known. */
        record Any() implements Value {}

        /** A file. */
        record File() implements Value {}

        /** One of the words; one that ends with a colon goes on. */
        record Choice(List<String> words) implements Value {}
    }

    /**
     * What may be written after a program's name.
     *
     * @param name
     *            the program's name, after a blank that of a command
     * @param options
     *            options, in any order
     * @param operand
     *            what else
     */
    public record Form(String name, List<Option> options, Value operand) {}

    /** Returns the forms of all command lines; that without a command's name comes before those with. */
    public static List<Form> forms() {
        return Stream.of(RelaydCommandLine.words(), EmitCommand.words(), FormatCommand.words(), ExplainCommand.words())
                .map(ProgramWords::form).toList();
    }

    private static Form form(CommandSpec spec) {
        return new Form(spec.name(), spec.options().stream().map(ProgramWords::option).toList(),
                spec.positionalParameters().stream().findFirst().map(ProgramWords::value).orElse(new Value.None()));
    }

    private static Option option(OptionSpec option) {
        return new Option(option.longestName(), option.arity().max() == 0 ? new Value.None() : value(option));
    }

    private static Value value(ArgSpec argument) {
        if (argument.completionCandidates() != null) { // not written: picocli's way to say so
            return new Value.Choice(
                    Stream.iterate(argument.completionCandidates().iterator(), i -> i.hasNext(), i -> i)
                            .map(i -> i.next()).toList());
        }
        return switch (argument.paramLabel()) {
            case CommandWords.FILE -> new Value.File();
            case CommandWords.CODE -> new Value.Choice(DiagnosticCode.all().stream().map(DiagnosticCode::id).toList());
            default -> new Value.Any();
        };
    }
}
