package org.relayd.runtime.parent.door;

import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.relayd.runtime.Log;
import org.relayd.runtime.parent.Rights;
import org.relayd.runtime.parent.link.Line;
import org.relayd.runtime.parent.message.Frame.FromParent;
import org.relayd.runtime.parent.message.Frame.FromWorker;
import org.relayd.runtime.parent.message.Report;

/**
 * The door to the rights of the parent. It lives as long as the daemon; one worker after the other stands at it. The
 * kernel is asked on a thread of its own, in the order of the requests, and files and keys on another; what takes no
 * time is done on the thread that reads the line.
 */
public final class Door implements AutoCloseable {
    private final ExecutorService kernelThread = thread("parent-kernel");
    private final ExecutorService fileThread = thread("parent-files");
    private final Parts parts;

    /**
     * What is behind the door.
     *
     * @param rights
     *            carries out; its sockets must be descriptors
     * @param sockets
     *            keeps what clients come to
     * @param states
     *            keeps what a worker knows for the next one
     * @param plans
     *            compiles configurations
     * @param keys
     *            holds keys
     * @param reports
     *            is told what workers say, one after the other, on the thread that reads the line; must not block
     * @param log
     *            is told what workers may not
     */
    public record Parts(Rights rights, ListeningStore sockets, KnownStates states, PlanDesk plans, KeyDesk keys,
            Consumer<Report> reports, Log log) {}

    private final KernelDoor kernel;

    /** Opens the door. */
    public Door(Parts parts) {
        this.parts = parts;
        kernel = new KernelDoor(parts.rights.kernel(), parts.states);
    }

    private static ExecutorService thread(String name) {
        return Executors.newSingleThreadExecutor(Thread.ofPlatform().name(name).daemon().factory());
    }

    /**
     * Serves a worker until its line ends. Blocks; one worker at a time. Its sockets stay for the next one, its keys do
     * not.
     *
     * @throws IOException
     *             if it says what no worker says; it should be ended
     */
    public void serve(Line<FromParent, FromWorker> line) throws IOException {
        RefusalLog refusals = new RefusalLog(parts.log, System::nanoTime);
        try {
            new Doorkeeper(line, parts, kernel, kernelThread, fileThread, refusals).serve();
        } finally {
            // Listeners are asked for on this thread, keys on the other: what was under way comes before.
            parts.sockets.unclaim();
            fileThread.execute(parts.keys::ended);
            refusals.end();
        }
    }

    /** Removes from the kernel what a worker did not live to remove. Blocks. */
    public void cleanKernel() {
        Future<?> cleaned = kernelThread.submit(() -> kernel.clean(parts.log));
        try {
            cleaned.get();
        } catch (ExecutionException fault) {
            parts.log.warn("cannot clean the kernel: " + fault.getCause());
        } catch (InterruptedException nobodyWaits) {
            Thread.currentThread().interrupt();
        }
    }

    /** Carries out nothing any more. */
    @Override
    public void close() {
        kernelThread.shutdown();
        fileThread.shutdown();
    }
}
