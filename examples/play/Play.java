import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Executes the commands of a page in one shell and compares what they print with the page. Argument: a Markdown file.
 *
 * <p>A block that begins with three backticks and {@code console} has commands, in lines that begin with "$ ", each
 * with its output below. {@code …} in a line of output stands for any text, a line of only {@code …} for any lines. A
 * block that begins with a file name is the content of that file, which is written, or equal to what is beside the
 * page. Commands that only look are repeated, for some seconds, until they print what the page says.
 */
class Play {
    /** Two rounds of checks and a half: a host with {@code retry 1} is down after two, which are ten seconds apart. */
    private static final Duration PATIENCE = Duration.ofSeconds(25);
    private static final String END = "-- end of the command: ";
    private static final List<String> LOOKING = List.of("relayctl show", "curl ", "dig ", "ip netns exec client curl",
            "ip route", "for ", "cat ", "bash -c ");

    private final Process shell;
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

    Play() throws IOException {
        shell = new ProcessBuilder("bash", "--norc", "--noprofile").redirectErrorStream(true).start();
        Thread.ofVirtual().start(() -> {
            try (BufferedReader out = new BufferedReader(
                    new InputStreamReader(shell.getInputStream(), StandardCharsets.UTF_8))) {
                out.lines().forEach(lines::add);
            } catch (IOException | UncheckedIOException over) {
                lines.add("the shell is gone");
            }
        });
    }

    public static void main(String[] arguments) throws Exception {
        List<Step> steps = Step.read(Path.of(arguments[0]));
        Play play = new Play();
        boolean well = true;
        for (Step step : steps) {
            well = play.play(step) && well;
        }
        System.out.println(well ? steps.size() + " steps, as the page says" : "not as the page says");
        play.shell.destroyForcibly();
        System.exit(well ? 0 : 1);
    }

    private boolean play(Step step) throws Exception {
        return switch (step) {
            case Step.Written(int line, Path file, String text) -> isWritten(line, file, text);
            case Step.Command command -> isAsSaid(command);
        };
    }

    private static boolean isWritten(int line, Path file, String text) throws IOException {
        if (Files.exists(file) && !Files.readString(file).endsWith(text) && Step.isBeside(file)) {
            System.out.println("line " + line + ": " + file + " is not what the page shows");
            return false;
        }
        if (!Step.isBeside(file)) {
            Files.writeString(file, text);
        }
        return true;
    }

    private boolean isAsSaid(Step.Command command) throws Exception {
        System.out.println("$ " + command.words());
        boolean looks = LOOKING.stream().anyMatch(command.words()::startsWith);
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            List<String> printed = run(command.words());
            boolean succeeded = printed.removeLast().equals("0");
            if (succeeded && Step.isLike(printed, command.output())) {
                printed.forEach(System.out::println);
                return true;
            }
            if (!looks || System.nanoTime() > deadline) {
                printed.forEach(System.out::println);
                System.out.println("line " + command.line() + (succeeded ? ": " : ": failed; ") + "the page says\n"
                        + String.join("\n", command.output()));
                return false;
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }

    /** Returns what a command prints, and its status as the last line. */
    private List<String> run(String words) throws Exception {
        shell.getOutputStream().write((words + "\nprintf '\\n" + END + "%s\\n' $?\n").getBytes(StandardCharsets.UTF_8));
        shell.getOutputStream().flush();
        List<String> printed = new ArrayList<>();
        while (true) {
            String line = lines.poll(60, TimeUnit.SECONDS);
            if (line == null || !shell.isAlive()) {
                printed.add("no end of the command");
                return printed;
            }
            if (line.startsWith(END)) {
                // The line end before ours.
                if (!printed.isEmpty() && printed.getLast().isEmpty()) {
                    printed.removeLast();
                }
                printed.add(line.substring(END.length()));
                return printed;
            }
            printed.add(line);
        }
    }
}
