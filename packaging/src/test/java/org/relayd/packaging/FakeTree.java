package org.relayd.packaging;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import javax.tools.ToolProvider;

/** The launchers of this source tree in a folder of their own, in front of programs that only say how they were run. */
final class FakeTree {
    private static final Path SOURCE_TREE = Path.of("").toAbsolutePath().getParent();
    private static final String PROGRAM = """
            package PACKAGE;
            public class MAIN {
                public static void main(String[] arguments) throws Exception {
                    System.out.println("says WORD");
                    System.out.println("pid " + ProcessHandle.current().pid());
                    System.out.println("java " + System.getProperty("java.home"));
                    System.out.println("flags "
                            + java.lang.management.ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                                    .filter(flag -> !flag.startsWith("-Drelayd.worker=")).toList());
                    System.getProperty("relayd.worker", "").lines()
                            .forEach(word -> System.out.println("worker " + word));
                    for (String line : java.nio.file.Files.readAllLines(java.nio.file.Path.of("/proc/self/status"))) {
                        if (line.startsWith("SigIgn:")) {
                            System.out.println("ignores " + line.substring("SigIgn:".length()).strip());
                        }
                    }
                    for (String argument : arguments) {
                        System.out.println("argument <" + argument + ">");
                    }
                    boolean quiet = arguments.length == 0 || arguments[0].equals("--version");
                    System.exit(quiet ? 0 : arguments[0].length());
                }
            }
            """;

    private final Path folder;

    /**
     * What a program left.
     *
     * @param pid
     *            number of the process that was started, before any exec
     * @param status
     *            its exit status
     * @param output
     *            lines on standard output
     * @param errors
     *            lines on standard error
     */
    record Ran(long pid, int status, List<String> output, List<String> errors) {

        /** Returns the words that start a worker; none if it is to start none. */
        List<String> worker() {
            return output.stream().filter(line -> line.startsWith("worker ")).map(line -> line.substring(7)).toList();
        }
    }

    private FakeTree(Path folder) {
        this.folder = folder;
    }

    /** A distribution: {@code bin} and {@code lib}, with all three programs. */
    static FakeTree distribution(Path folder) throws IOException {
        FakeTree tree = new FakeTree(folder);
        tree.copyLaunchers();
        Files.createDirectories(tree.lib());
        Files.copy(SOURCE_TREE.resolve("packaging/launch.sh"), tree.lib().resolve("launch.sh"));
        tree.installProgram("relayd-main", "org.relayd.main", "RelaydMain", "hello");
        tree.installProgram("relayctl", "org.relayd.ctl", "RelayctlMain", "hello");
        return tree;
    }

    /** A checkout that was never built: {@code bin} and {@code packaging}, nothing else. */
    static FakeTree checkout(Path folder) throws IOException {
        FakeTree tree = new FakeTree(folder);
        tree.copyLaunchers();
        Files.createDirectories(folder.resolve("packaging"));
        for (String shared : List.of("launch.sh", "tryout.sh")) {
            Files.copy(SOURCE_TREE.resolve("packaging").resolve(shared), folder.resolve("packaging").resolve(shared));
        }
        return tree;
    }

    private void copyLaunchers() throws IOException {
        Files.createDirectories(folder.resolve("bin"));
        try (DirectoryStream<Path> launchers = Files.newDirectoryStream(SOURCE_TREE.resolve("bin"))) {
            for (Path launcher : launchers) {
                Files.copy(launcher, folder.resolve("bin").resolve(launcher.getFileName().toString()));
            }
        }
    }

    Path lib() {
        return folder.resolve("lib");
    }

    Path launcher(String name) {
        return folder.resolve("bin").resolve(name);
    }

    /** Puts a jar into {@code lib}, in place of the one before, with a program that says the word. */
    void installProgram(String jar, String packageName, String main, String word) throws IOException {
        Path sources = Files.createTempDirectory(folder, "program");
        Path source = sources.resolve(main + ".java");
        Files.writeString(source, PROGRAM.replace("PACKAGE", packageName).replace("MAIN", main).replace("WORD", word));
        int status = ToolProvider.getSystemJavaCompiler().run(null, null, null, "-d", sources.toString(),
                source.toString());
        if (status != 0) {
            throw new IOException("the fake program does not compile");
        }
        String entry = packageName.replace('.', '/') + "/" + main + ".class";
        Path made = sources.resolve("made.jar");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(made))) {
            out.putNextEntry(new JarEntry(entry));
            Files.copy(sources.resolve(entry), out);
            out.closeEntry();
        }
        Files.copy(made, lib().resolve(jar + "-0.1.jar"), StandardCopyOption.REPLACE_EXISTING);
    }

    /** Runs a launcher from the root folder, with this JVM's JDK named by {@code RELAYD_JAVA}. */
    Ran run(String launcher, String... arguments) throws IOException, InterruptedException {
        return run(Path.of("/"), Map.of("RELAYD_JAVA", System.getProperty("java.home")), launcher(launcher).toString(),
                arguments);
    }

    /** Runs a command in an environment that holds the PATH and what is given, nothing else. */
    static Ran run(Path where, Map<String, String> environment, String command, String... arguments)
            throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(List.of(command));
        words.addAll(Arrays.asList(arguments));
        Path output = Files.createTempFile("launcher", ".out");
        Path errors = Files.createTempFile("launcher", ".err");
        try {
            ProcessBuilder builder = new ProcessBuilder(words).directory(where.toFile())
                    .redirectOutput(output.toFile()).redirectError(errors.toFile());
            builder.environment().clear();
            builder.environment().put("PATH", System.getenv("PATH"));
            builder.environment().put("HOME", where.toString());
            builder.environment().putAll(environment);
            Process process = builder.start();
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IOException(words + " did not end");
            }
            return new Ran(process.pid(), process.exitValue(), Files.readAllLines(output, StandardCharsets.UTF_8),
                    Files.readAllLines(errors, StandardCharsets.UTF_8));
        } finally {
            Files.delete(output);
            Files.delete(errors);
        }
    }
}
