package org.relayd.pages;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Collectors;
import org.relayd.ctl.RelayctlMain;
import org.relayd.main.CompileMain;
import org.relayd.main.RelaydMain;
import org.relayd.runtime.BuiltPrograms;

/**
 * A folder with the programs of relayd as they were just built: the launchers in {@code bin} would need a
 * distribution.
 */
public final class Programs {
    private Programs() {}

    /** Writes them to a folder. */
    public static Path in(Path folder) throws IOException {
        write(folder.resolve("relayd"), BuiltPrograms.relayd(), RelaydMain.class);
        write(folder.resolve("relayctl"), BuiltPrograms.java(), RelayctlMain.class);
        write(folder.resolve("relayd-compile"), BuiltPrograms.java(), CompileMain.class);
        return folder;
    }

    private static void write(Path script, List<String> java, Class<?> program) throws IOException {
        String words = java.stream().map(word -> "'" + word + "'").collect(Collectors.joining(" "));
        Files.writeString(script, "#!/bin/sh\nexec " + words + " " + program.getName() + " \"$@\"\n");
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
