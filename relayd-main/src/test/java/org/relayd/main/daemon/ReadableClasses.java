package org.relayd.main.daemon;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The class path of the tests so that any user can read it, as the worker has to. Where a build is root's own its jars
 * often are, too: in a folder below {@code /root}. Those are copied, once for all tests.
 */
public final class ReadableClasses {
    private static final String PATH = make();

    private ReadableClasses() {}

    /** Returns the class path. */
    public static String path() {
        return PATH;
    }

    private static String make() {
        List<Path> entries = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(entry -> Path.of(entry).toAbsolutePath().normalize()).filter(Files::exists).toList();
        try {
            if (entries.stream().allMatch(ReadableClasses::isForAll)) {
                return System.getProperty("java.class.path");
            }
            Path copies = Files.createTempDirectory("relayd-classes",
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
            Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(copies)));
            StringBuilder path = new StringBuilder();
            for (Path entry : entries) {
                Path readable = isForAll(entry) ? entry
                        : copy(entry, copies.resolve(path.length() + "-" + entry.getFileName()));
                path.append(path.isEmpty() ? "" : File.pathSeparator).append(readable);
            }
            return path.toString();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static boolean isForAll(Path entry) {
        try {
            boolean readable = Files.getPosixFilePermissions(entry).contains(PosixFilePermission.OTHERS_READ);
            for (Path folder = entry.getParent(); folder != null; folder = folder.getParent()) {
                readable &= Files.getPosixFilePermissions(folder).contains(PosixFilePermission.OTHERS_EXECUTE);
            }
            return readable;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static Path copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path copy = to.resolve(from.relativize(file).toString());
                Files.copy(file, copy);
                Files.setPosixFilePermissions(copy, PosixFilePermissions
                        .fromString(Files.isDirectory(copy) ? "rwxr-xr-x" : "rw-r--r--"));
            }
        }
        return to;
    }

    private static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).toList().forEach(file -> file.toFile().delete());
        } catch (IOException leftBehind) {
            // In a folder that the system empties.
        }
    }
}
