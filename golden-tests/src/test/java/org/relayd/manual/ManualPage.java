package org.relayd.manual;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A page of the manual as its mdoc source. What the tests read from it is fixed by conventions that a comment at the
 * top of relayd.conf(5) states.
 *
 * @param path
 *            the file
 * @param lines
 *            its lines
 */
record ManualPage(Path path, List<String> lines) {
    private static final Path FOLDER = Path.of("").toAbsolutePath().getParent().resolve("man");
    /** Macros that may follow others on a line, and so end the arguments of .Ic. */
    private static final Pattern MACRO = Pattern.compile("[A-Z][a-z]|[A-Z][a-z][a-z]");
    private static final Pattern WORD = Pattern.compile("[a-z][a-z0-9.-]*");

    private static final Pattern VARIABLE = Pattern.compile("[A-Za-z0-9]+");

    /**
     * Text between .Bd and .Ed.
     *
     * @param line
     *            number of the line with .Bd, from 1
     * @param kind
     *            what the comment in front of it calls it; empty if there is none
     * @param text
     *            the lines, with the escapes of mdoc resolved
     */
    record Block(int line, String kind, String text) {}

    ManualPage {
        lines = List.copyOf(lines);
    }

    static List<Path> paths() {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static ManualPage read(String name) throws IOException {
        Path path = FOLDER.resolve(name);
        return new ManualPage(path, Files.readAllLines(path));
    }

    /** Returns the words that stand in .Ic, the words of the language. */
    Set<String> languageWords() {
        Set<String> words = new TreeSet<>();
        for (String line : lines) {
            if (!line.startsWith(".") || line.startsWith(".\\\"")) {
                continue;
            }
            boolean language = false;
            for (String token : line.substring(1).split(" ", -1)) {
                if (MACRO.matcher(token).matches()) {
                    language = token.equals("Ic");
                } else if (language && WORD.matcher(token).matches()) {
                    words.add(token);
                }
            }
        }
        return words;
    }

    /** Returns the headings of sections and subsections. */
    Set<String> headings() {
        Set<String> headings = new TreeSet<>();
        lines.stream().filter(line -> line.startsWith(".Sh ") || line.startsWith(".Ss "))
                .forEach(line -> headings.add(line.substring(4)));
        return headings;
    }

    /** Returns the options that have an item: {@code -d}, {@code --socket}. */
    Set<String> options() {
        return lines.stream().filter(line -> line.startsWith(".It "))
                .flatMap(line -> Stream.of(line.split(" ", -1)).dropWhile(word -> !word.equals("Fl")).skip(1).limit(1))
                .map("-"::concat).collect(Collectors.toCollection(TreeSet::new));
    }

    /** Returns the commands that have an item in a section, without their arguments. */
    Set<String> commands(String section) {
        return section(section).filter(line -> line.startsWith(".It Cm ")).map(line -> line.substring(7))
                .map(line -> line.replaceFirst(" Ar .*", "")).collect(Collectors.toCollection(TreeSet::new));
    }

    private Stream<String> section(String heading) {
        return lines.subList(lines.indexOf(".Sh " + heading) + 1, lines.size()).stream()
                .takeWhile(line -> !line.startsWith(".Sh "));
    }

    /** Returns what stands in .Va in a section. */
    Set<String> variables(String section) {
        return section(section).filter(line -> line.startsWith(".Va "))
                .flatMap(line -> Stream.of(line.substring(4).split(" ", -1)))
                .filter(word -> VARIABLE.matcher(word).matches()).collect(TreeSet::new, Set::add, Set::addAll);
    }

    /** Returns the words of the block that a comment "reserved: KIND" announces. */
    Set<String> reservedWords(String kind) {
        return blocks("reserved: ").stream().filter(block -> block.kind().equals(kind))
                .flatMap(block -> Stream.of(block.text().strip().split("\\s+", -1)))
                .collect(TreeSet::new, Set::add, Set::addAll);
    }

    /** Returns the literal blocks with the kind that a comment "example: KIND" gives them. */
    List<Block> examples() {
        return blocks("example: ").stream().filter(block -> lines.get(block.line() - 1).contains("-literal")).toList();
    }

    private List<Block> blocks(String announcement) {
        List<Block> blocks = new ArrayList<>();
        for (int start = 0; start < lines.size(); start++) {
            if (!lines.get(start).startsWith(".Bd")) {
                continue;
            }
            String above = lines.get(start - 1);
            String comment = ".\\\" " + announcement;
            int end = start + lines.subList(start, lines.size()).indexOf(".Ed");
            String text = String.join("\n", lines.subList(start + 1, end)) + "\n";
            blocks.add(new Block(start + 1, above.startsWith(comment) ? above.substring(comment.length()) : "",
                    text.replace("\\e", "\\").replace("\\&", "").replace("\\(dq", "\"")));
        }
        return blocks;
    }
}
