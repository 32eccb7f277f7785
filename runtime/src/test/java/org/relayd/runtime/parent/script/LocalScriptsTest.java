package org.relayd.runtime.parent.script;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.relayd.runtime.parent.ScriptEnd;
import org.relayd.runtime.parent.ScriptRun;
import org.relayd.runtime.parent.linux.UnprivilegedProcesses;

class LocalScriptsTest {
    private final LocalScripts scripts = new LocalScripts(UnprivilegedProcesses.ofThisProcess());

    @TempDir
    private Path folder;

    /** Root's scripts run as somebody else, who must get at them. */
    @BeforeEach
    void open() throws IOException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
    }

    @AfterEach
    void close() {
        scripts.close();
    }

    private String script(String text) throws IOException {
        Path file = Files.createTempFile(folder, "check", ".sh");
        Files.writeString(file, "#!/bin/sh\n" + text + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        return file.toString();
    }

    private CompletableFuture<ScriptEnd> start(String path, Duration timeout) {
        CompletableFuture<ScriptEnd> end = new CompletableFuture<>();
        scripts.run(new ScriptRun(path, "www.example.com", timeout), end::complete);
        return end;
    }

    private ScriptEnd run(String path) throws Exception {
        return start(path, Duration.ofSeconds(20)).get(30, TimeUnit.SECONDS);
    }

    @Test
    void theHostIsTheOnlyArgumentAndTheFolderIsTheRoot() throws Exception {
        assertEquals(new ScriptEnd.Exited(7),
                run(script("[ \"$#\" = 1 ] && [ \"$1\" = www.example.com ] && [ \"$PWD\" = / ] && exit 7")));
        assertEquals(new ScriptEnd.Exited(0), run(script("exit 0")));
    }

    @Test
    void aProgramWithoutSlashIsSearchedInThePath() throws Exception {
        assertEquals(new ScriptEnd.Exited(1), run("false"));
    }

    @Test
    void noScriptIsRootNorHasItsGroupsOrCapabilities() throws Exception {
        String before = user();
        assertEquals(new ScriptEnd.Exited(7), run(script(
                "[ $(id -u) != 0 ] && ! id -G | grep -qw 0 && grep -q '^CapEff:.*0000000000000000$' /proc/self/status"
                        + " && grep -q '^CapPrm:.*0000000000000000$' /proc/self/status && exit 7")));
        assertEquals(before, user(), "the other threads keep theirs");
    }

    /** Returns the numbers of this thread's user and the capabilities that it has. */
    private static String user() throws IOException {
        return Files.readAllLines(Path.of("/proc/thread-self/status")).stream()
                .filter(line -> line.matches("(Uid|Gid|Groups|CapEff):.*")).toList().toString();
    }

    @Test
    void deathByASignalIsNoExit() throws Exception {
        assertEquals(new ScriptEnd.Killed(), run(script("kill -TERM $$")));
    }

    @Test
    void aMissingProgramIsNotExecutable() throws Exception {
        assertInstanceOf(ScriptEnd.NotExecutable.class, run(folder.resolve("none").toString()));
        assertInstanceOf(ScriptEnd.NotExecutable.class, run(folder.toString()));
    }

    @Test
    void theTimeoutKillsTheScriptAndItsChildren() throws Exception {
        Path pid = folder.resolve("pid");
        ScriptEnd end = start(script("sleep 600 & echo $! > " + pid + "; wait"), Duration.ofSeconds(2)).get(30,
                TimeUnit.SECONDS);
        assertEquals(new ScriptEnd.Killed(), end);
        long child = Long.parseLong(Files.readString(pid).strip());
        ProcessHandle.of(child).ifPresent(handle -> handle.onExit().orTimeout(10, TimeUnit.SECONDS).join());
        assertTrue(ProcessHandle.of(child).filter(ProcessHandle::isAlive).isEmpty());
    }

    @Test
    void manyScriptsWaitForEachOther() throws Exception {
        List<CompletableFuture<ScriptEnd>> ends = new ArrayList<>();
        for (int i = 0; i < 2 * LocalScripts.AT_ONCE; i++) {
            ends.add(start("false", Duration.ofSeconds(20)));
        }
        for (CompletableFuture<ScriptEnd> end : ends) {
            assertEquals(new ScriptEnd.Exited(1), end.get(30, TimeUnit.SECONDS));
        }
    }
}
