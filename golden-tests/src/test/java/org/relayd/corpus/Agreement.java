package org.relayd.corpus;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.relayd.ir.term.Dialect;

/**
 * How many cases of a dialect agree with the original in each aspect.
 *
 * @param verdicts
 *            accepted or refused alike
 * @param models
 *            equal models, or no two to compare
 * @param messages
 *            equal messages
 * @param rules
 *            equal pf rules, or no two to compare
 */
record Agreement(int verdicts, int models, int messages, int rules) {
    private static final Pattern LINE = Pattern
            .compile("(\\S+) verdicts (\\d+) models (\\d+) messages (\\d+) rules (\\d+)(?: of \\d+)?");

    /** Returns what {@link #line} wrote, by dialect. */
    static Map<String, Agreement> read(String text) {
        Map<String, Agreement> read = new TreeMap<>();
        for (String line : text.lines().toList()) {
            Matcher matcher = LINE.matcher(line);
            if (!matcher.matches()) {
                throw new IllegalStateException("not a line of agreement: " + line);
            }
            read.put(matcher.group(1), new Agreement(Integer.parseInt(matcher.group(2)),
                    Integer.parseInt(matcher.group(3)), Integer.parseInt(matcher.group(4)),
                    Integer.parseInt(matcher.group(5))));
        }
        return read;
    }

    static Agreement of(List<Comparison> comparisons) {
        return new Agreement((int) comparisons.stream().filter(c -> c.verdict().isEmpty()).count(),
                (int) comparisons.stream().filter(c -> c.model().isEmpty()).count(),
                (int) comparisons.stream().filter(c -> c.messages().isEmpty()).count(),
                (int) comparisons.stream().filter(c -> c.rules().isEmpty()).count());
    }

    String line(Dialect dialect, int cases) {
        return dialect.word() + " verdicts " + verdicts + " models " + models + " messages " + messages
                + " rules " + rules + " of " + cases;
    }

    /** Returns what became worse. */
    List<String> lossesSince(Agreement earlier) {
        List<String> losses = new ArrayList<>();
        loss("verdicts", verdicts, earlier.verdicts, losses);
        loss("models", models, earlier.models, losses);
        loss("messages", messages, earlier.messages, losses);
        loss("rules", rules, earlier.rules, losses);
        return losses;
    }

    private static void loss(String aspect, int now, int earlier, List<String> losses) {
        if (now < earlier) {
            losses.add(aspect + " fell from " + earlier + " to " + now);
        }
    }
}
