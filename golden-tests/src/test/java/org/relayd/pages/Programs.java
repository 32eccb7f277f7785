package org.relayd.pages;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.relayd.ctl.RelayctlMain;
import org.relayd.main.CompileMain;
import org.relayd.main.RelaydMain;

/**
 * A folder with the programs of relayd as they were just built: the launchers in {@code bin} would need a
 * distribution. The classes are copied, because the worker of root's relayd is a user who cannot look below the home
 * folder of root.
 */
public final class Programs {
    private static final Map<String, Class<?>> MAINS = Map.of("relayd", RelaydMain.class, "relayctl",
            RelayctlMain.class, "relayd-compile", CompileMain.class);
    private static final List<String> OF_TESTS = List.of("junit", "jqwik", "archunit", "opentest4j", "apiguardian",
            "slf4j", "-tests.jar", "test");

    private Programs() {}

    /** Writes them to a folder that everybody can read. */
    public static Path in(Path folder) throws IOException {
        StringBuilder path = new StringBuilder();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            Path from = Path.of(entry).toAbsolutePath();
            if (Files.exists(from) && OF_TESTS.stream().noneMatch(from.getFileName().toString()::contains)) {
                path.append(path.isEmpty() ? "" : File.pathSeparator)
                        .append(copy(from, folder.resolve("lib").resolve(path.length() + "-" + from.getFileName())));
            }
        }
        for (Map.Entry<String, Class<?>> program : MAINS.entrySet()) {
            Path script = Files.writeString(folder.resolve(program.getKey()), "#!/bin/sh\nexec "
                    + Path.of(System.getProperty("java.home"), "bin", "java")
                    + " --enable-native-access=ALL-UNNAMED -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -cp " + path + " "
                    + program.getValue().getName() + " \"$@\"\n");
            Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        return folder;
    }

    private static Path copy(Path from, Path to) throws IOException {
        Files.createDirectories(to.getParent());
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
}
