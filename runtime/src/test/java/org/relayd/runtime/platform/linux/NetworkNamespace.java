package org.relayd.runtime.platform.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import jnr.ffi.LibraryLoader;

/** A network namespace that one thread lives in, with all processes that it starts; gone when the thread is. Needs root. */
final class NetworkNamespace implements AutoCloseable {
    private static final int CLONE_NEWNET = 0x40000000;

    private final ExecutorService thread = Executors.newSingleThreadExecutor();

    /** unshare(2). */
    public interface Library {
        /** Leaves a namespace for a new one. */
        int unshare(int flags);
    }

    NetworkNamespace() throws Exception {
        in(() -> {
            assertEquals(0, LibraryLoader.create(Library.class).load("c").unshare(CLONE_NEWNET), "unshare needs root");
            return shell("ip link set lo up");
        });
    }

    /** Runs something in the namespace and returns its result. */
    <T> T in(Callable<T> task) throws Exception {
        return thread.submit(task).get(60, TimeUnit.SECONDS);
    }

    /** Runs a shell command and returns what it prints; for use in the namespace. */
    static String shell(String command) throws Exception {
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
