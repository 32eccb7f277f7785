package org.relayd.runtime.platform.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import jnr.ffi.LibraryLoader;

/**
 * A network namespace that one thread lives in, with all processes that it starts; gone when the thread is. Needs root.
 */
public final class NetworkNamespace implements AutoCloseable {
    private static final int CLONE_NEWNET = 0x40000000;

    private final ExecutorService thread = Executors.newSingleThreadExecutor();

    /** unshare(2). */
    public interface Library {
        /** Leaves a namespace for a new one. */
        int unshare(int flags);
    }

    /** Makes a namespace with its loopback interface; the test is skipped where that is not allowed. */
    public NetworkNamespace() throws Exception {
        int status = in(() -> LibraryLoader.create(Library.class).load("c").unshare(CLONE_NEWNET));
        if (status != 0) {
            thread.shutdownNow();
        }
        assumeTrue(status == 0, "needs root: a network namespace cannot be made");
        run("ip link set lo up");
    }

    /** Returns the number of the thread, by which ip(8) finds the namespace. */
    public String id() throws Exception {
        return in(() -> Files.readSymbolicLink(Path.of("/proc/thread-self")).getFileName().toString());
    }

    /** Runs a shell command in the namespace and returns what it prints; it must succeed. */
    public String run(String command) throws Exception {
        return in(() -> shell("set -e; " + command + "\necho ok")).transform(output -> {
            assertTrue(output.endsWith("ok\n"), () -> command + ": " + output);
            return output.substring(0, output.length() - 3);
        });
    }

    /** Runs something in the namespace and returns its result. */
    public <T> T in(Callable<T> task) throws Exception {
        return thread.submit(task).get(60, TimeUnit.SECONDS);
    }

    /** Runs a shell command and returns what it prints; for use in the namespace. */
    public static String shell(String command) throws Exception {
        Process process = new ProcessBuilder("sh", "-c", command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(true, process.waitFor(30, TimeUnit.SECONDS), command);
        return output;
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
