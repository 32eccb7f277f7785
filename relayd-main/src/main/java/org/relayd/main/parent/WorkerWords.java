package org.relayd.main.parent;

import java.io.File;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.relayd.runtime.parent.linux.WorkerCommand;

/**
 * The words that start a worker. The launcher, which knows the flags of the virtual machine, says them in a property;
 * without it they are those of a plain start with the classes of this process.
 */
final class WorkerWords {
    /** Property that holds a word in each line: the virtual machine and its flags, up to the main class. */
    private static final String PROPERTY = "relayd.worker";
    private static final String MAIN = "org.relayd.main.worker.WorkerMain";
    private static final Path SHELL = Path.of("/bin/sh");
    /**
     * Signals are for the parent, also those that a terminal or a service manager sends to all processes. What is
     * ignored when the virtual machine starts is ignored for good.
     */
    private static final List<String> DEAF = List.of(SHELL.toString(), "-c",
            "trap '' HUP INT TERM USR1; exec \"$@\"", "relayd");
    private static final String PATH = "PATH=/usr/bin:/bin";
    /** What decides how times and names of files are written. */
    private static final List<String> KEPT = List.of("TZ", "LANG", "LC_ALL", "LC_CTYPE");
    private static final List<String> CLASS_PATH = List.of("-cp", "-classpath", "--class-path");

    private WorkerWords() {}

    /**
     * Returns what to start.
     *
     * @param pid
     *            number of this process, which the worker is told
     * @throws IOException
     *             if the folder of the programs cannot be read
     */
    static WorkerCommand command(long pid) throws IOException {
        List<String> machine = Optional.ofNullable(System.getProperty(PROPERTY)).map(text -> text.lines().toList())
                .orElseGet(WorkerWords::plain);
        return command(machine, System.getenv(), pid);
    }

    static WorkerCommand command(List<String> machine, Map<String, String> environment, long pid) throws IOException {
        List<String> words = Stream.of(DEAF, machine, List.of(MAIN, Long.toString(pid))).flatMap(List::stream)
                .toList();
        List<String> kept = new ArrayList<>(List.of(PATH));
        KEPT.stream().filter(environment::containsKey).map(name -> name + "=" + environment.get(name))
                .forEach(kept::add);
        return new WorkerCommand(words, kept, List.of(SHELL, Path.of(machine.getFirst())), files(machine));
    }

    private static List<String> plain() {
        String classes = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(entry -> Path.of(entry).toAbsolutePath().normalize().toString())
                .reduce((one, two) -> one + File.pathSeparator + two).orElse("");
        return List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1",
                "-XX:+ExitOnOutOfMemoryError", "-cp", classes);
    }

    /** The class path, and of a single jar those beside it, as its manifest names them. */
    private static List<Path> files(List<String> machine) throws IOException {
        List<Path> files = new ArrayList<>();
        for (int i = 1; i < machine.size(); i++) {
            if (CLASS_PATH.contains(machine.get(i - 1))) {
                for (String entry : machine.get(i).split(File.pathSeparator, -1)) {
                    files.add(Path.of(entry));
                }
            }
        }
        if (files.size() == 1 && files.getFirst().toString().endsWith(".jar")) {
            try (DirectoryStream<Path> jars = Files.newDirectoryStream(files.getFirst().getParent(), "*.jar")) {
                jars.forEach(files::add);
            }
        }
        // What is not there is not there for anybody, and no fault.
        files.removeIf(Files::notExists);
        return files;
    }
}
