import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What a page does: a file that is written, or a command with its output. Line numbers count from 1. */
sealed interface Step {
    Set<Path> BESIDE = new HashSet<>();

    record Written(int line, Path file, String text) implements Step { }

    record Command(int line, String words, List<String> output) implements Step { }

    /** Whether a file was there before the page was played. */
    static boolean isBeside(Path file) {
        return BESIDE.contains(file);
    }

    /** Returns the steps of a page in their order. */
    static List<Step> read(Path page) throws IOException {
        List<Step> steps = new ArrayList<>();
        List<String> lines = Files.readAllLines(page);
        for (int at = 0; at < lines.size(); at++) {
            if (!lines.get(at).startsWith("```")) {
                continue;
            }
            String kind = lines.get(at).substring(3);
            int begin = at + 1;
            do {
                at++;
            } while (!lines.get(at).startsWith("```"));
            List<String> block = lines.subList(begin, at);
            if (kind.equals("console")) {
                steps.addAll(commands(begin + 1, block));
            } else if (kind.contains(".")) {
                Path file = Path.of(kind);
                if (Files.exists(file)) {
                    BESIDE.add(file);
                }
                steps.add(new Written(begin, file, String.join("\n", block) + "\n"));
            }
        }
        return steps;
    }

    private static List<Step> commands(int first, List<String> block) {
        List<Step> steps = new ArrayList<>();
        for (int at = 0; at < block.size(); at++) {
            int line = first + at;
            StringBuilder words = new StringBuilder(block.get(at).substring(2));
            while (words.toString().endsWith("\\")) {
                at++;
                words.append('\n').append(block.get(at).replaceFirst("^> ", ""));
            }
            List<String> output = new ArrayList<>();
            while (at + 1 < block.size() && !block.get(at + 1).startsWith("$ ")) {
                at++;
                output.add(block.get(at));
            }
            steps.add(new Command(line, words.toString(), output));
        }
        return steps;
    }

    /** Returns whether lines are what a page says, {@code …} being anything. */
    static boolean isLike(List<String> printed, List<String> said) {
        String pattern = said.stream().map(line -> line.equals("…") ? "(?:.*\n)*?"
                : Arrays.stream(line.split("…", -1)).map(Step::literal).collect(Collectors.joining(".*")) + "\n")
                .collect(Collectors.joining());
        String text = printed.stream().map(line -> blanks(line) + "\n").collect(Collectors.joining())
                .replaceFirst("\n+$", "\n");
        return Pattern.compile(pattern).matcher(text).matches();
    }

    /** A page has no tabs: columns are compared, not the width between them. */
    private static String blanks(String line) {
        return line.replace("\r", "").replaceAll("[ \t]+", " ").stripTrailing();
    }

    private static String literal(String text) {
        return text.isEmpty() ? "" : Pattern.quote(text.replaceAll("[ \t]+", " "));
    }
}
