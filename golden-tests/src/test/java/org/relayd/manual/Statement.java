package org.relayd.manual;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A sentence of the manual, without its marks.
 *
 * @param section
 *            the heading above it, of a section or, after a slash, of a subsection
 * @param item
 *            the item of a list that it stands in; empty outside of lists
 * @param text
 *            the sentence; what two marks stand for is left to the eye: compare {@link #words}
 */
record Statement(String section, String item, String text) {
    /** Marks within a line; what they stand for is seen in the printed page only. */
    private static final Set<String> MARKS = Set.of("Ic", "Ar", "Sx", "Xr", "Nm", "Pq", "Ql", "Dq", "Sq", "Cm", "Fl",
            "Pa", "Va", "Em", "Sy", "Li", "Oo", "Oc", "Op", "Brq", "Ns", "No", "Ox", "Fx", "Dv", "Pf", "Xo", "Xc",
            "Dl");
    private static final Map<String, String> NAMES = Map.of("Ox", "OpenBSD", "Fx", "FreeBSD", "Nm", "relayd.conf");
    private static final Pattern END = Pattern.compile("\\.\\)?$");
    private static final Pattern LOOSE = Pattern.compile(" ([.,:;)]+)(?= |$)");
    private static final Pattern NO_WORD = Pattern.compile("[^\\p{L}\\p{N}]+");

    /** Returns the sentences of a page in their order, without those of literal blocks and headings. */
    static List<Statement> of(ManualPage page) {
        Reader reader = new Reader();
        boolean literal = false;
        for (String line : page.lines()) {
            literal = (literal || line.startsWith(".Bd")) && !line.equals(".Ed");
            if (!literal && !line.startsWith(".\\\"") && !line.equals(".Ed")) {
                reader.read(line);
            }
        }
        reader.end();
        return List.copyOf(reader.found);
    }

    /** Returns letters and digits alone, so that blanks, quotes and commas do not count. */
    String words() {
        return Stream.of(section, item, text).map(part -> NO_WORD.matcher(part).replaceAll(" ").strip())
                .reduce((left, right) -> left + " | " + right).orElseThrow();
    }

    private static final class Reader {
        private final List<Statement> found = new ArrayList<>();
        private final Deque<String> items = new ArrayDeque<>(List.of(""));
        private final List<String> sentence = new ArrayList<>();
        private Optional<List<String>> heading = Optional.empty();
        private String section = "";
        private String subsection = "";
        private boolean bare;

        void read(String line) {
            if (heading.isPresent()) {
                readHeading(heading.get(), line);
            } else if (line.startsWith(".")) {
                readMacro(List.of(line.substring(1).split(" +")));
            } else if (!line.isEmpty()) {
                sentence.add(unescaped(line));
                endIf(END.matcher(line).find());
            }
        }

        /** Items whose text does not fit in a line. */
        private void readHeading(List<String> lines, String line) {
            if (line.equals(".Xc")) {
                beginItem(tidy(lines));
                heading = Optional.empty();
            } else {
                lines.add(plain(List.of(line.replaceFirst("^\\.", "").split(" +"))));
            }
        }

        private void readMacro(List<String> words) {
            List<String> rest = words.subList(1, words.size());
            switch (words.getFirst()) {
                case "Sh", "Ss" -> beginSection(words.getFirst().equals("Sh"), String.join(" ", rest));
                case "Bl" -> {
                    end();
                    items.push("");
                    bare = false;
                }
                case "El" -> {
                    end();
                    items.pop();
                    bare = false;
                }
                case "Pp", "Bd", "Dd", "Dt", "Os" -> end();
                case "It" -> {
                    end();
                    if (rest.stream().findFirst().equals(Optional.of("Xo"))) {
                        heading = Optional.of(new ArrayList<>(List.of(plain(rest))));
                    } else {
                        beginItem(tidy(List.of(plain(rest))));
                    }
                }
                default -> {
                    sentence.add(plain(words));
                    endIf(words.getLast().equals(".") || words.getLast().equals(").")
                            || !MARKS.contains(words.getFirst()));
                }
            }
        }

        private void beginSection(boolean top, String title) {
            end();
            section = top ? title : section;
            subsection = top ? "" : " / " + title;
            items.clear();
            items.push("");
            bare = false;
        }

        /** Items above one text share it. */
        private void beginItem(String text) {
            String above = items.pop();
            items.push(bare ? above + " / " + text : text);
            bare = true;
        }

        private void endIf(boolean ends) {
            if (ends) {
                end();
            }
        }

        void end() {
            String text = tidy(sentence);
            bare &= text.isEmpty();
            if (text.contains(" ")) {
                found.add(new Statement(section + subsection, items.element(), text));
            }
            sentence.clear();
        }

        private static String plain(List<String> words) {
            StringBuilder text = new StringBuilder();
            for (String word : words) {
                if (word.equals("Fl")) {
                    text.append(" -");
                } else if (!MARKS.contains(word) || NAMES.containsKey(word)) {
                    text.append(text.toString().endsWith(" -") ? "" : " ")
                            .append(unescaped(NAMES.getOrDefault(word, word)));
                }
            }
            return text.toString().strip();
        }

        private static String unescaped(String text) {
            return text.replace("\\(dq", "\"").replace("\\(en", "-").replace("\\&", "").replace("\\e", "\\")
                    .replace('|', '/');
        }

        private static String tidy(List<String> parts) {
            return LOOSE.matcher(String.join(" ", parts)).replaceAll("$1").strip();
        }
    }
}
