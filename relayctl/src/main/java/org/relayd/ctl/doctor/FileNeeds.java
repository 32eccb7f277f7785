package org.relayd.ctl.doctor;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.relayd.ir.control.ControlReply.Need;
import org.relayd.ir.control.ControlReply.NeedKind;

/** What a configuration that nothing executes would need: {@code relayd-compile --emit needs}. */
sealed interface FileNeeds {

    /** The file can be used. */
    record Known(List<Need> needs) implements FileNeeds {}

    /** The file is refused, with this first message. */
    record Refused(String message) implements FileNeeds {}

    /** There is no relayd-compile to ask. */
    record Unknown() implements FileNeeds {}

    /** Asks the compiler on the machine. */
    static FileNeeds of(Machine machine, String file) {
        Optional<String> compiler = machine.program("relayd-compile");
        if (compiler.isEmpty()) {
            return new Unknown();
        }
        String[] words = {"-f", file, "--diagnostics", "classic", "--emit", "needs"};
        Optional<String> rows = machine.run(compiler.get(), words);
        if (rows.isPresent()) {
            return new Known(rows.get().lines().flatMap(line -> need(line).stream()).toList());
        }
        return machine.complaint(compiler.get(), words).filter(text -> !text.isBlank())
                .<FileNeeds>map(text -> new Refused(text.lines().filter(line -> !line.contains("warning:")).findFirst()
                        .orElse(text.strip())))
                .orElse(new Unknown());
    }

    private static Optional<Need> need(String line) {
        String[] columns = line.split("\t", -1);
        return columns.length != 3 ? Optional.empty()
                : Stream.of(NeedKind.values()).filter(kind -> kind.word().equals(columns[0].strip())).findFirst()
                        .map(kind -> new Need(kind, columns[1].strip(), columns[2].strip(), 0));
    }
}
