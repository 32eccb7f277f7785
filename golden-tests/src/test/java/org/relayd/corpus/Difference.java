package org.relayd.corpus;

import java.util.Set;
import java.util.TreeSet;

/**
 * A way in which a case differs from the original.
 *
 * @param dialect
 *            word of the dialect
 * @param name
 *            the case
 * @param aspect
 *            {@code verdict}, {@code model}, {@code messages} or {@code rules}
 */
record Difference(String dialect, String name, String aspect) implements Comparable<Difference> {

    /** Returns the intended differences: lines of dialect, case, aspects and reason. */
    static Set<Difference> intended(String list) {
        Set<Difference> differences = new TreeSet<>();
        for (String line : list.lines().filter(line -> !line.isBlank() && !line.startsWith("#")).toList()) {
            String[] words = line.split("\\s+", 4);
            if (words.length < 4) {
                throw new IllegalStateException("no reason: " + line);
            }
            for (String aspect : words[2].split(",", -1)) {
                differences.add(new Difference(words[0], words[1], aspect));
            }
        }
        return differences;
    }

    @Override
    public int compareTo(Difference other) {
        return toString().compareTo(other.toString());
    }

    @Override
    public String toString() {
        return dialect + " " + name + " " + aspect;
    }
}
