package org.relayd.main.scenario;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The smuggling table with what was observed: one line for each row, and one more for each mode in
 * which it went otherwise.
 */
final class ObservedTable {
    private static final int SHOWN = 100;
    private final Path file;
    private final Map<String, List<String>> lines = new LinkedHashMap<>();

    ObservedTable(Path file) {
        this.file = file;
    }

    void clear() {
        lines.clear();
    }

    void add(SentRow row, String mode, Observed observed) {
        String line = "| " + row.id() + " | " + cell(row.name()) + " | " + octets(row.sent()) + " | " + observed.seen()
                + " | " + cell(observed.read()) + " | " + cell(observed.end()) + " |";
        lines.computeIfAbsent(line, _ -> new ArrayList<>()).add(mode);
    }

    private static String cell(String text) {
        return text.replace("|", "\\|");
    }

    private static String octets(String octets) {
        String written = Escapes.encode(octets);
        return "`" + cell(written.length() > SHOWN ? written.substring(0, SHOWN) + " ..." : written) + "`";
    }

    void write() throws IOException {
        StringBuilder text = new StringBuilder(
                """
                        # Smuggling table: observed answers

                        Every row was played in each mode that it names; `SmugglingTableTest` compares it with what must hold.
                        Not here: T7, T8, T14, T19 to T21 (TLS, HTTP/2 and an inbound PROXY header are refused at start or not read),
                        T31 (DNS: the scenarios `dns/*`), T32 (`ControlServerTest`), T33 (golden cases of `include` and macros).

                        | T | what | sent | client saw | target read | end of the session | modes |
                        |---|---|---|---|---|---|---|
                        """);
        lines.forEach((line, modes) -> text.append(line).append(' ').append(String.join("; ", modes)).append(" |\n"));
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
