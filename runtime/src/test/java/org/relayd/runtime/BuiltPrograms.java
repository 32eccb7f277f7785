package org.relayd.runtime;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * The programs as they were just built, for tests that start them in processes of their own. Any user can read their
 * classes, as the worker has to: where a build is root's own its jars often are, too, in a folder below {@code /root}.
 * Those are copied, and folders of classes packed, once for all tests of a module. Of all of them an archive of classes
 * is made, which a start with two processes takes less than two thirds of the CPU time with; nothing but time depends
 * on it.
 */
public final class BuiltPrograms {
    /** Parts of the names of what only tests need, and programs shall do without. */
    private static final List<String> OF_TESTS = List.of("junit", "jqwik", "archunit", "opentest4j", "apiguardian",
            "slf4j", "-tests.jar", "test");
    private static final Path LISTS = Path.of("..", "packaging", "src", "training");
    private static final List<String> JAVA = words();

    private BuiltPrograms() {}

    /** Returns the words that start one of them, up to its main class. */
    public static List<String> java() {
        return JAVA;
    }

    /** Returns the words that start relayd, up to its main class, so that its worker is started likewise. */
    public static List<String> relayd() {
        List<String> worker = new ArrayList<>(JAVA);
        worker.add(1, "-XX:+ExitOnOutOfMemoryError");
        List<String> words = new ArrayList<>(JAVA);
        words.add("-Drelayd.worker=" + String.join("\n", worker));
        return List.copyOf(words);
    }

    private static List<String> words() {
        try {
            Path folder = Files.createTempDirectory("relayd-built",
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
            Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(folder)));
            List<String> java = List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "--enable-native-access=ALL-UNNAMED", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1",
                    "-Xlog:disable", "-Dio.netty.jfr.enabled=false");
            List<String> classes = List.of("-cp", classPath(folder));
            return Stream.of(java, archive(java, classes, folder), classes).flatMap(List::stream).toList();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    private static String classPath(Path folder) throws IOException {
        List<String> path = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            Path from = Path.of(entry).toAbsolutePath().normalize();
            if (Files.exists(from) && OF_TESTS.stream().noneMatch(from.getFileName().toString()::contains)) {
                path.add(jar(from, folder.resolve(path.size() + "-" + from.getFileName() + ".jar")).toString());
            }
        }
        return String.join(File.pathSeparator, path);
    }

    private static Path jar(Path from, Path to) throws IOException {
        if (Files.isDirectory(from)) {
            pack(from, to);
        } else if (isForAll(from)) {
            return from;
        } else {
            Files.copy(from, to);
        }
        Files.setPosixFilePermissions(to, PosixFilePermissions.fromString("rw-r--r--"));
        return to;
    }

    private static void pack(Path classes, Path jar) throws IOException {
        try (Stream<Path> files = Files.walk(classes);
                ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(jar))) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                out.putNextEntry(new ZipEntry(classes.relativize(file).toString()));
                Files.copy(file, out);
            }
        }
    }

    private static boolean isForAll(Path jar) throws IOException {
        boolean readable = Files.getPosixFilePermissions(jar).contains(PosixFilePermission.OTHERS_READ);
        for (Path folder = jar.getParent(); folder != null; folder = folder.getParent()) {
            readable &= Files.getPosixFilePermissions(folder).contains(PosixFilePermission.OTHERS_EXECUTE);
        }
        return readable;
    }

    /** Makes the archive of the classes that the package's has. Returns the flags that take it, none without one. */
    private static List<String> archive(List<String> java, List<String> classes, Path folder)
            throws IOException, InterruptedException {
        Path list = folder.resolve("classes");
        for (String program : List.of("server.classes", "tools.classes")) {
            if (Files.exists(LISTS.resolve(program))) {
                Files.writeString(list, Files.readString(LISTS.resolve(program)), StandardOpenOption.CREATE,
                        StandardOpenOption.APPEND);
            }
        }
        String archive = "-XX:SharedArchiveFile=" + folder.resolve("classes.jsa");
        List<String> dump = Stream
                .of(java, List.of("-Xshare:dump", "-XX:SharedClassListFile=" + list, archive), classes)
                .flatMap(List::stream).toList();
        int status = new ProcessBuilder(dump).redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor();
        return status == 0 ? List.of("-Xshare:auto", archive) : List.of();
    }

    private static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).toList().forEach(file -> file.toFile().delete());
        } catch (IOException leftBehind) {
            // In a folder that the system empties.
        }
    }
}
