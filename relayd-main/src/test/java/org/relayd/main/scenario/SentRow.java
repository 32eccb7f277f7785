package org.relayd.main.scenario;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A row of the smuggling table: what a client sends and what must hold. In the file, a line {@code ID | NAME} begins a
 * row; the lines below it are
 *
 * <ul>
 * <li>{@code > OCTETS}: what the client sends; several lines follow each other. After them it sends a probe, a request
 * for {@code /probe} that closes the connection, unless the row says {@code alone}.
 * <li>{@code answers OCTETS}: what the target answers to the first request; {@code answers early}: as soon as it has
 * the head; {@code answers and ends}: and closes then. Without it, and to further requests, it answers 200 with the
 * method and target of the request in the body.
 * <li>{@code client SEEN}: the status codes that the client sees and how its connection ends, as {@link Observed} words
 * it. {@code open} in place of {@code closed} stands for the answer to the probe.
 * <li>{@code target READS}: the requests that the target reads, {@code nothing} if no octet reaches it; without the
 * probe, if that is served.
 * <li>{@code passed OCTETS}: exactly this is what the target receives first (current dialect).
 * <li>{@code never TEXT}: neither the target receives nor the client sees this text.
 * <li>{@code end TEXT}: the reason that stands in the line of the session.
 * <li>{@code current only}, {@code whole only}: not for dialect 5.1, not octet by octet.
 * </ul>
 *
 * {@code refused STATUS} is short for {@code client STATUS closed} with {@code target nothing}.
 *
 * @param id
 *            the threat, T1 to T33
 * @param sent
 *            without the probe
 */
record SentRow(String id, String name, String sent, Answer answer, String client, Optional<String> target,
        Optional<String> passed, List<String> never, Optional<String> end, Set<Restriction> restrictions) {

    /** When a target answers the first request. */
    enum Moment {
        /** When it has read all of it. */
        WHOLE,
        /** When it has read the head. */
        EARLY,
        /** When it has read all of it, and it closes then. */
        LAST
    }

    /** The answer to the first request; empty for the usual one. */
    record Answer(Moment moment, Optional<String> octets) {}

    /** What a row is not for. */
    enum Restriction {
        /** No probe after it. */
        ALONE,
        /** Not for dialect 5.1. */
        CURRENT_ONLY,
        /** Not octet by octet. */
        WHOLE_ONLY
    }

    /** True unless the row says otherwise. */
    boolean isFree(Restriction restriction) {
        return !restrictions.contains(restriction);
    }

    /** The rows of a file; lines that begin with # are comments. */
    static List<SentRow> read(Path file) throws IOException {
        List<SentRow> rows = new ArrayList<>();
        List<String> lines = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            if (line.matches("T\\d+ \\| .*") && !lines.isEmpty()) {
                rows.add(RowReader.read(List.copyOf(lines)));
                lines.clear();
            }
            if (!line.isBlank() && !line.startsWith("#")) {
                lines.add(line);
            }
        }
        rows.add(RowReader.read(lines));
        return rows;
    }
}
