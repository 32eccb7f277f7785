package org.relayd.ctl;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.relayd.ir.control.ControlRequest;
import org.relayd.ir.control.ControlRequest.Kind;
import org.relayd.ir.control.ControlRequest.Subject;
import org.relayd.ir.control.ControlRequest.SwitchTarget;

/** The commands of relayctl(8), word by word. Words may be shortened as long as they stay unambiguous. */
final class CommandTree {
    /** What may follow a word. */
    private sealed interface Next {

        /** One of several words, listed in this order. */
        record Choice(List<Entry> entries) implements Next {}

        /** Anything; the placeholder stands for it in messages. */
        record Argument(String placeholder, Function<String, Command> command) implements Next {}

        /** Nothing: the command is complete. */
        record End(Command command) implements Next {}
    }

    private record Entry(String word, Next next) {}

    private static final Next.Choice TOP = choice(
            new Entry("doctor", new Next.End(new Command.Examine())),
            end("monitor", new ControlRequest.Monitor()),
            new Entry("show", choice(show("summary", Subject.SUMMARY), show("hosts", Subject.HOSTS),
                    show("redirects", Subject.REDIRECTS), show("relays", Subject.RELAYS),
                    show("routers", Subject.ROUTERS), show("sessions", Subject.SESSIONS),
                    show("needs", Subject.NEEDS))),
            new Entry("load", new Next.Argument("<path>", path -> new Command.Ask(new ControlRequest.Load(path)))),
            end("poll", new ControlRequest.Poll()),
            end("reload", new ControlRequest.Reload()),
            end("stop", new ControlRequest.Stop()),
            toggle("redirect", Kind.REDIRECT, "<redirectid>"),
            toggle("table", Kind.TABLE, "<tableid>"),
            toggle("host", Kind.HOST, "<hostid>"),
            new Entry("log", choice(end("verbose", new ControlRequest.SetVerbose(true)),
                    end("brief", new ControlRequest.SetVerbose(false)))));

    private CommandTree() {}

    private static Next.Choice choice(Entry... entries) {
        return new Next.Choice(List.of(entries));
    }

    private static Entry end(String word, ControlRequest request) {
        return new Entry(word, new Next.End(new Command.Ask(request)));
    }

    private static Entry show(String word, Subject subject) {
        return end(word, new ControlRequest.Show(subject));
    }

    private static Entry toggle(String word, Kind kind, String placeholder) {
        return new Entry(word, choice(
                new Entry("disable", new Next.Argument(placeholder,
                        text -> toggled(kind, text, false))),
                new Entry("enable", new Next.Argument(placeholder,
                        text -> toggled(kind, text, true)))));
    }

    private static Command toggled(Kind kind, String text, boolean enabled) {
        return new Command.Ask(new ControlRequest.Switch(kind, target(text), enabled));
    }

    // Up to nine digits are a number; names of digits only can be reached by their number.
    private static SwitchTarget target(String text) {
        return text.matches("[0-9]{1,9}") ? new SwitchTarget.ById(Integer.parseInt(text))
                : new SwitchTarget.ByName(text);
    }

    /**
     * Reads a command.
     *
     * @param words
     *            the words after the options
     * @throws Usage
     *             if a word is missing, unknown, ambiguous or too many; the message lists what is valid there
     */
    static Command parse(List<String> words) throws Usage {
        Next next = TOP;
        List<String> rest = new ArrayList<>(words);
        while (true) {
            switch (next) {
                case Next.End(Command command) -> {
                    if (!rest.isEmpty()) {
                        throw new Usage("superfluous argument: " + rest.getFirst());
                    }
                    return command;
                }
                case Next.Argument argument -> {
                    if (rest.isEmpty()) {
                        throw complaint("missing argument:", next);
                    }
                    next = new Next.End(argument.command().apply(rest.removeFirst()));
                }
                case Next.Choice choice -> {
                    if (rest.isEmpty()) {
                        throw complaint("missing argument:", next);
                    }
                    next = follow(choice, rest.removeFirst());
                }
            }
        }
    }

    /** Returns the form of each command, with what may follow its first word. */
    static List<String> forms() {
        return TOP.entries().stream().map(entry -> entry.word() + form(entry.next())).toList();
    }

    /** Returns each command as its words, of which the last may be a placeholder such as {@code <path>}. */
    static List<List<String>> commands() {
        List<List<String>> commands = new ArrayList<>();
        collect(TOP, List.of(), commands);
        return commands;
    }

    private static void collect(Next next, List<String> words, List<List<String>> commands) {
        switch (next) {
            case Next.Choice(var entries) -> entries
                    .forEach(entry -> collect(entry.next(), and(words, entry.word()), commands));
            case Next.Argument(String placeholder, var _) -> commands.add(and(words, placeholder));
            case Next.End _ -> commands.add(words);
        }
    }

    private static List<String> and(List<String> words, String word) {
        List<String> more = new ArrayList<>(words);
        more.add(word);
        return more;
    }

    // The words of one choice are all followed by the same.
    private static String form(Next next) {
        return switch (next) {
            case Next.Choice(var entries) -> " " + String.join("|", valid(next)) + form(entries.getFirst().next());
            case Next.Argument(String placeholder, var _) -> " " + placeholder;
            case Next.End _ -> "";
        };
    }

    private static Next follow(Next.Choice choice, String word) throws Usage {
        List<Entry> matches = choice.entries().stream()
                .filter(entry -> !word.isEmpty() && entry.word().startsWith(word)).toList();
        return switch (matches.size()) {
            case 1 -> matches.getFirst().next();
            case 0 -> throw complaint("unknown argument: " + word, choice);
            default -> throw complaint("ambiguous argument: " + word, choice);
        };
    }

    private static Usage complaint(String text, Next next) {
        StringBuilder message = new StringBuilder(text).append("\nvalid commands/args:");
        valid(next).forEach(word -> message.append("\n  ").append(word));
        return new Usage(message.toString());
    }

    private static List<String> valid(Next next) {
        return switch (next) {
            case Next.Choice(var entries) -> entries.stream().map(Entry::word).toList();
            case Next.Argument(String placeholder, var _) -> List.of(placeholder);
            case Next.End _ -> List.of();
        };
    }
}
