package org.relayd.manual;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.relayd.pages.Programs;

/**
 * {@code examples/keepalived}: the file of keepalived(8) is right, and the two programs move the
 * address as the README says.
 */
class KeepalivedExampleTest {
    private static final Path EXAMPLE = Path.of("").toAbsolutePath().getParent().resolve("examples/keepalived");
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration PAUSE = Duration.ofMillis(50);

    @TempDir
    private Path folder;

    private final List<Process> started = new ArrayList<>();

    private static int check(Path file) throws Exception {
        Process process = new ProcessBuilder("keepalived", "-t", "-f", file.toString()).redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
        return process.waitFor();
    }

    private static boolean installed() {
        return List.of("/usr/sbin", "/sbin", "/usr/local/sbin").stream()
                .anyMatch(path -> Files.isExecutable(Path.of(path, "keepalived")));
    }

    @Test
    void keepalivedAcceptsItsFile() throws Exception {
        assumeTrue(installed(), "keepalived is not installed");
        assertEquals(0, check(EXAMPLE.resolve("keepalived.conf")));
        Path wrong = Files.writeString(folder.resolve("wrong.conf"),
                Files.readString(EXAMPLE.resolve("keepalived.conf")).replace("track_file {", "track_files {"));
        assertNotEquals(0, check(wrong), "the check can fail");
    }

    /**
     * A machine: a network and a {@code /run} of its own with the folder that the README wants, held by a
     * process that only waits.
     */
    private Process machine(String name) throws Exception {
        Path ready = folder.resolve(name + ".ready");
        Process process = start("unshare", "--net", "--mount", "sh", "-c",
                "mount -t tmpfs tmpfs /run && mkdir -p /run/relayd/demote && ip link set lo up && touch " + ready
                        + " && exec tail -f /dev/null");
        await(() -> Files.exists(ready));
        return process;
    }

    private Process start(String... command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true)
                .redirectOutput(folder.resolve("output." + started.size()).toFile()).start();
        started.add(process);
        return process;
    }

    private static String[] on(Process machine, String... command) {
        List<String> all = new ArrayList<>(List.of("nsenter", "-t", Long.toString(machine.pid()), "-n", "-m"));
        all.addAll(List.of(command));
        return all.toArray(String[]::new);
    }

    private static String run(Process machine, String command) throws Exception {
        Process process = new ProcessBuilder(on(machine, "sh", "-ec", command)).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), () -> command + ": " + output);
        return output;
    }

    /** Something that becomes true. */
    private interface Condition {
        boolean holds() throws Exception;
    }

    private void await(Condition condition) throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.holds()) {
            if (System.nanoTime() > end) {
                StringBuilder outputs = new StringBuilder("waited too long");
                for (int i = 0; i < started.size(); i++) {
                    outputs.append("\n--\n").append(Files.readString(folder.resolve("output." + i)));
                }
                throw new AssertionError(outputs.toString());
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    private Process keepalived(Process machine, String name, String state, int priority) throws Exception {
        Path file = Files.writeString(folder.resolve(name + ".conf"),
                Files.readString(EXAMPLE.resolve("keepalived.conf"))
                        .replace("global_defs {", "global_defs {\n\tvrrp_version 3")
                        .replace("advert_int 1\n", "advert_int 0.2\n").replace("state MASTER", "state " + state)
                        .replace("priority 150", "priority " + priority));
        return start(on(machine, "keepalived", "-n", "-l", "-f", file.toString()));
    }

    private void awaitAddress(Process machine) throws Exception {
        await(() -> run(machine, "ip -4 addr show dev eth0").contains("192.0.2.80/24"));
    }

    @Test
    @Tag("netns")
    void theAddressLeavesAMachineWhoseHostsAreDown() throws Exception {
        assumeTrue(installed(), "keepalived is not installed");
        Process first = machine("first");
        Process second = machine("second");
        run(first, "ip link add eth0 type veth peer name eth0 netns " + second.pid()
                + "; ip addr add 192.0.2.1/24 dev eth0; ip link set eth0 up");
        run(second, "ip addr add 192.0.2.2/24 dev eth0; ip link set eth0 up");
        keepalived(first, "first", "MASTER", 150);
        keepalived(second, "second", "BACKUP", 100);
        awaitAddress(first);
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        Process relayd = start(on(first, Programs.in(folder).resolve("relayd").toString(), "-d", "-f",
                EXAMPLE.resolve("relayd.conf").toString(), "--socket", folder.resolve("relayd.sock").toString()));
        awaitAddress(second);
        assertEquals("1\n", run(first, "cat /run/relayd/demote/carp"));
        relayd.destroy();
        awaitAddress(first);
        assertEquals("0\n", run(first, "cat /run/relayd/demote/carp"));
    }

    @AfterEach
    void endWhatWasStarted() throws Exception {
        for (Process process : started.reversed()) {
            process.destroy();
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        }
    }
}
