package org.relayd.runtime.parent.script;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
    void noThreadHereIsTheUserOfARunningScript() throws Exception {
        Path begun = folder.resolve("begun");
        Path over = folder.resolve("over");
        CompletableFuture<ScriptEnd> end = start(
                script("echo $$ > " + begun + "; until [ -e " + over + " ]; do sleep 0.05; done; exit 7"),
                Duration.ofMinutes(1));
        await(() -> Files.exists(begun) && Files.size(begun) > 0);
        Set<String> script = users(Path.of("/proc", Files.readString(begun).strip(), "status"));
        Set<String> own = users(Path.of("/proc/self/status"));
        assertEquals(own.contains("0"), !script.contains("0"), "root's scripts are somebody else");
        // The thread that started it is at its end, and the system's thread may come a moment later.
        await(() -> usersOfThreads().equals(own));
        Files.createFile(over);
        assertEquals(new ScriptEnd.Exited(7), end.get(30, TimeUnit.SECONDS));
    }

    private static Set<String> usersOfThreads() throws IOException {
        Set<String> users = new HashSet<>();
        try (DirectoryStream<Path> threads = Files.newDirectoryStream(Path.of("/proc/self/task"))) {
            for (Path thread : threads) {
                try {
                    users.addAll(users(thread.resolve("status")));
                } catch (IOException gone) {
                    assertTrue(Files.notExists(thread), gone.toString());
                }
            }
        }
        return users;
    }

    /** Returns the real, effective, saved and file system user of a thread, by their numbers. */
    private static Set<String> users(Path status) throws IOException {
        return Files.readAllLines(status).stream().filter(line -> line.startsWith("Uid:"))
                .flatMap(line -> Stream.of(line.split("\\s+")).skip(1)).collect(Collectors.toSet());
    }

    private static void await(Callable<Boolean> fact) throws Exception {
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!fact.call()) {
            assertTrue(System.nanoTime() - deadline < 0, "it does not come true");
            LockSupport.parkNanos(10_000_000);
        }
    }

    @Test
    void aTextWithoutInterpreterIsOneForTheShell() throws Exception {
        Path file = Path.of(script(""));
        Files.writeString(file, "[ \"$1\" = www.example.com ] && exit 7");
        assertEquals(new ScriptEnd.Exited(7), run(file.toString()));
    }

    @Test
    void theEnvironmentIsThatOfThisProcess() throws Exception {
        String path = System.getenv("PATH");
        assertEquals(new ScriptEnd.Exited(7), run(script("[ \"$PATH\" = '" + path + "' ] && exit 7")));
    }

    @Test
    void scriptsEndWithRelayd() throws Exception {
        Path begun = folder.resolve("begun");
        CompletableFuture<ScriptEnd> end = start(script("touch " + begun + "; exec sleep 600"), Duration.ofMinutes(10));
        await(() -> Files.exists(begun));
        scripts.close();
        assertEquals(new ScriptEnd.Killed(), end.getNow(new ScriptEnd.NotStarted("still runs")));
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
