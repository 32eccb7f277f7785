package org.relayd.packaging;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Lists what the programs of a package load, for its archives of classes: {@code tools.classes} for those that are soon
 * gone, {@code server.classes} for both processes of the daemon. The lists are part of the sources, so that every build
 * of a commit makes the same archives; a class that is missing there costs a little time at each start. README.md says
 * when to make them anew.
 */
public final class ClassLists {
    private ClassLists() {}

    /**
     * Makes both lists.
     *
     * @param arguments
     *            folder with {@code bin}, {@code lib} and {@code runtime}; folder of the configurations to train with,
     *            to which the lists are written
     * @throws IOException
     *             when a program does not do its work
     * @throws InterruptedException
     *             when the build is being stopped
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path samples = Path.of(arguments[1]);
        try (TrainingRun run = new TrainingRun(new Distribution(Path.of(arguments[0])), samples)) {
            List<Path> tools = new ArrayList<>();
            for (Program program : List.of(Program.CHECK, Program.COMPILE, Program.RELAYCTL)) {
                Path list = run.open().resolve(program.kind());
                run.list(program, list, list);
                tools.add(list);
            }
            write(samples.resolve("tools.classes"), tools);
            List<Path> server = List.of(run.open().resolve("worker"), run.open().resolve("parent"));
            run.list(Program.DAEMON, server.getFirst(), server.getLast());
            write(samples.resolve("server.classes"), server);
        }
    }

    /** Puts lists together: classes first, then what the JVM remembers of their call sites and constants. */
    private static void write(Path file, List<Path> lists) throws IOException {
        SortedSet<String> classes = new TreeSet<>();
        SortedSet<String> rest = new TreeSet<>();
        for (Path list : lists) {
            for (String line : Files.readAllLines(list)) {
                if (line.startsWith("@")) {
                    rest.add(line);
                } else if (!line.startsWith("#") && !line.contains(" source: ")) {
                    classes.add(line.split(" ", -1)[0]);
                }
            }
            Files.delete(list);
        }
        List<String> lines = new ArrayList<>(classes);
        lines.addAll(rest);
        Files.write(file, lines);
    }
}
