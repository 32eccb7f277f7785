package org.relayd.packaging;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.relayd.ctl.ControlWords;
import org.relayd.main.ProgramWords;
import org.relayd.main.ProgramWords.Form;
import org.relayd.main.ProgramWords.Option;
import org.relayd.main.ProgramWords.Value;

/**
 * What can be completed on a program's command line.
 *
 * @param name
 *            the program
 * @param options
 *            its options, those of all its commands
 * @param next
 *            what may follow the words (not options) that have been written, by these words with a blank between; where
 *            nothing may follow there is no entry
 */
record ShellWords(String name, List<Option> options, Map<String, Value> next) {
    private static final List<String> FILES = List.of("<path>");

    /** Returns the words of the three programs. */
    static List<ShellWords> all() {
        List<ShellWords> programs = new ArrayList<>();
        Map<String, List<Form>> forms = new LinkedHashMap<>();
        for (Form form : ProgramWords.forms()) {
            forms.computeIfAbsent(form.name().split(" ", -1)[0], _ -> new ArrayList<>()).add(form);
        }
        forms.forEach((name, of) -> programs.add(of(name, of)));
        programs.add(relayctl());
        return programs;
    }

    private static ShellWords of(String name, List<Form> forms) {
        Map<String, Value> next = new LinkedHashMap<>();
        List<String> commands = new ArrayList<>();
        for (Form form : forms) {
            String[] words = form.name().split(" ", -1);
            if (words.length == 2) {
                commands.add(words[1]);
                next.put(words[1], form.operand());
            }
        }
        if (!commands.isEmpty()) {
            next.put("", new Value.Choice(commands));
        }
        return new ShellWords(name, forms.stream().flatMap(form -> form.options().stream()).distinct().toList(), next);
    }

    private static ShellWords relayctl() {
        Map<String, List<String>> words = new LinkedHashMap<>();
        for (List<String> command : ControlWords.commands()) {
            for (int i = 0; i < command.size(); i++) {
                List<String> known = words.computeIfAbsent(String.join(" ", command.subList(0, i)),
                        _ -> new ArrayList<>());
                if (!known.contains(command.get(i))) {
                    known.add(command.get(i));
                }
            }
        }
        Map<String, Value> next = new LinkedHashMap<>();
        words.forEach((before, after) -> next.put(before, value(after)));
        return new ShellWords("relayctl", Stream.concat(
                ControlWords.flags().stream().map(name -> new Option(name, new Value.None())),
                ControlWords.files().stream().map(name -> new Option(name, new Value.File()))).toList(), next);
    }

    private static Value value(List<String> words) {
        String first = words.getFirst();
        if (!first.startsWith("<")) {
            return new Value.Choice(words);
        }
        return FILES.contains(first) ? new Value.File() : new Value.Any();
    }
}
