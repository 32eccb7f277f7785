package org.relayd.golden;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Why changes of a component do not show somewhere: {@code RECORD.COMPONENT KIND[,KIND] EFFECT[,EFFECT] REASON} on a
 * line. The component {@code *} stands for all of the record and of those in it, the kind {@code *} for all kinds of
 * change.
 *
 * @param line
 *            the whole line
 * @param changes
 *            matches component and kind
 * @param effects
 *            where they do not show
 */
record Excuse(String line, Pattern changes, Set<Effect> effects) {

    static List<Excuse> read(Path file) throws IOException {
        return Files.readAllLines(file).stream().filter(line -> !line.isBlank() && !line.startsWith("#"))
                .map(Excuse::of).toList();
    }

    private static Excuse of(String line) {
        String[] words = line.split(" +", 4);
        if (words.length < 4) {
            throw new IllegalArgumentException("no reason: " + line);
        }
        Set<Effect> effects = EnumSet.noneOf(Effect.class);
        for (String word : words[2].split(",", -1)) {
            effects.add(Effect.valueOf(word.toUpperCase(Locale.ROOT)));
        }
        return new Excuse(line, Pattern.compile(glob(words[0]) + " (" + glob(words[1]).replace(',', '|') + ")"),
                effects);
    }

    private static String glob(String text) {
        return text.replace(".", "\\.").replace("*", ".*");
    }

    boolean covers(String change) {
        return changes.matcher(change).matches();
    }
}
