package org.relayd.runtime.parent.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a process without rights is, seen by the process itself and by the kernel. */
class WorkerProcessTest {
    private static final Path SHELL = Path.of("/bin/sh");

    @TempDir
    private Path folder;

    /** How it ended, and what it wrote. */
    private record Ran(Ending ending, String wrote) {

        Map<String, String> status() {
            return wrote.lines().filter(line -> line.matches("\\w+:\t.*"))
                    .collect(Collectors.toMap(line -> line.substring(0, line.indexOf(':')),
                            line -> line.substring(line.indexOf(':') + 1).strip(), (first, _) -> first));
        }
    }

    @BeforeEach
    void onlyRootCanMakeOne() {
        assumeTrue(WorkerProcess.canBeMade(), "not root");
    }

    private static WorkerCommand shell(String script, Path... files) {
        return new WorkerCommand(List.of(SHELL.toString(), "-c", script), List.of("PATH=/usr/bin:/bin", "TZ=UTC"),
                List.of(SHELL), List.of(files));
    }

    private static Ran run(String script) throws IOException {
        LogPipe line = LogPipe.open();
        LogPipe log = LogPipe.open();
        WorkerProcess process = WorkerProcess.start(shell(script), line.writeEnd(), log.writeEnd());
        line.closeWriteEnd();
        log.closeWriteEnd();
        String wrote = readAll(log) + readAll(line);
        line.closeReadEnd();
        return new Ran(process.awaitEnd(), wrote);
    }

    private static String readAll(LogPipe pipe) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        byte[] piece = new byte[4096];
        for (int count = pipe.read(piece); count > 0; count = pipe.read(piece)) {
            all.write(piece, 0, count);
        }
        return all.toString(StandardCharsets.UTF_8);
    }

    @Test
    void itHasNoRightsAndCannotGetAny() throws Exception {
        SystemUser user = SystemUser.withoutRights();
        Map<String, String> status = run("exec cat /proc/self/status").status();
        assertEquals((user.uid() + "\t").repeat(4).strip(), status.get("Uid"));
        assertEquals((user.gid() + "\t").repeat(4).strip(), status.get("Gid"));
        assertEquals("", status.get("Groups"));
        for (String set : List.of("CapInh", "CapPrm", "CapEff", "CapAmb", "CapBnd")) {
            assertEquals("0000000000000000", status.get(set), set);
        }
        assertEquals("1", status.get("NoNewPrivs"));
        assertEquals("0000000000000000", status.get("SigBlk"));
    }

    @Test
    void itHasFourDescriptorsAndASessionOfItsOwn() throws Exception {
        Ran ran = run("ls -l /proc/$$/fd; pwd; cat /proc/$$/stat >&3; env; echo said >&2");
        List<String> descriptors = ran.wrote.lines().filter(text -> text.contains(" -> "))
                .map(text -> text.replaceAll(".* (\\d+ -> [a-z/]+).*", "$1")).toList();
        assertEquals(List.of("0 -> /dev/null", "1 -> pipe", "2 -> pipe", "3 -> pipe"), descriptors);
        assertTrue(ran.wrote.contains("\n/\n") && ran.wrote.contains("\nsaid\n"), ran.wrote);
        assertEquals(List.of("PATH=/usr/bin:/bin", "TZ=UTC"), ran.wrote.lines()
                .filter(text -> text.matches("[A-Z]+=.*") && !text.startsWith("PWD")).sorted().toList());
        List<String> stat = List.of(ran.wrote.lines().filter(text -> text.contains(" (sh) ")).findFirst()
                .orElseThrow().split(" "));
        assertEquals(stat.get(0), stat.get(5), "its session");
    }

    @Test
    void itsEndIsKnown() throws Exception {
        assertEquals(new Ending.Exited(7), run("exit 7").ending);
        assertEquals(new Ending.Killed(15), run("kill -TERM $$").ending);
        LogPipe log = LogPipe.open();
        WorkerProcess process = WorkerProcess.start(shell("while :; do read -r none <&3; done"), log.writeEnd(),
                log.writeEnd());
        log.closeWriteEnd();
        process.kill();
        assertEquals(new Ending.Killed(9), process.awaitEnd());
        log.closeReadEnd();
        // Whoever has its number now is left alone.
        process.kill();
    }

    @Test
    void itsUserCannotSendSignalsHere() throws Exception {
        String tasks = "for task in /proc/" + ProcessHandle.current().pid()
                + "/task/*; do kill -0 ${task##*/} && echo can; done";
        // A thread that has been waited for is at the end of its Java code, and the system's may come a moment later.
        long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (run(tasks).wrote.contains("can\n")) {
            assertTrue(System.nanoTime() - deadline < 0, "a thread is left that has its user");
        }
    }

    @Test
    void aFileThatItCannotReadIsNamedBefore() throws Exception {
        Path closed = Files.createDirectory(folder.resolve("closed"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Path inside = Files.createFile(closed.resolve("a.jar"));
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        String user = SystemUser.withoutRights().name();
        IOException refused = assertThrows(IOException.class,
                () -> WorkerProcess.start(shell("exit 0", inside), 0, 0));
        assertEquals("user " + user + " cannot read " + inside + ", for " + closed + ": Permission denied",
                refused.getMessage());
        Path missing = folder.resolve("b.jar");
        assertEquals("user " + user + " cannot read " + missing + ": No such file or directory",
                assertThrows(IOException.class, () -> WorkerProcess.start(shell("exit 0", missing), 0, 0))
                        .getMessage());
    }
}
