package org.relayd.main.scenario;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.relayd.main.scenario.SentRow.Answer;
import org.relayd.main.scenario.SentRow.Moment;
import org.relayd.main.scenario.SentRow.Restriction;

/** Reads the lines of one row of the smuggling table, see {@link SentRow}. */
final class RowReader {
    private final StringBuilder sent = new StringBuilder();
    private final List<String> never = new ArrayList<>();
    private final Set<Restriction> restrictions = EnumSet.noneOf(Restriction.class);
    private Answer answer = new Answer(Moment.WHOLE, Optional.empty());
    private Optional<String> client = Optional.empty();
    private Optional<String> target = Optional.empty();
    private Optional<String> passed = Optional.empty();
    private Optional<String> end = Optional.empty();

    private RowReader() {}

    static SentRow read(List<String> lines) {
        RowReader reader = new RowReader();
        lines.stream().skip(1).forEach(reader::line);
        String[] title = lines.getFirst().split(" \\| ", 2);
        return new SentRow(title[0], title[1], reader.sent.toString(), reader.answer,
                reader.client.orElseThrow(() -> new IllegalArgumentException("no client in: " + title[1])),
                reader.target, reader.passed, List.copyOf(reader.never), reader.end, reader.restrictions);
    }

    private void line(String line) {
        int blank = line.indexOf(' ');
        String word = blank < 0 ? line : line.substring(0, blank);
        String text = blank < 0 ? "" : line.substring(blank + 1);
        switch (word) {
            case ">" -> sent.append(Escapes.decode(text));
            case "answers" -> answer = answer(text);
            case "client" -> client = Optional.of(text);
            case "target" -> target = Optional.of(text);
            case "refused" -> {
                client = Optional.of(text + " closed");
                target = Optional.of("nothing");
            }
            case "passed" -> passed = Optional.of(Escapes.decode(text));
            case "never" -> never.add(Escapes.decode(text));
            case "end" -> end = Optional.of(text);
            case "alone" -> restrictions.add(Restriction.ALONE);
            case "current" -> restrictions.add(Restriction.CURRENT_ONLY);
            case "whole" -> restrictions.add(Restriction.WHOLE_ONLY);
            default -> throw new IllegalArgumentException("unknown line: " + line);
        }
    }

    private static Answer answer(String text) {
        Moment moment = text.startsWith("early ") ? Moment.EARLY : text.startsWith("and ends ") ? Moment.LAST
                : Moment.WHOLE;
        String octets = switch (moment) {
            case WHOLE -> text;
            case EARLY -> text.substring("early ".length());
            case LAST -> text.substring("and ends ".length());
        };
        return new Answer(moment, Optional.of(Escapes.decode(octets)));
    }
}
