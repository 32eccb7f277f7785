package org.relayd.runtime.parent.linux;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * Something that a thread of its own does after it has given up all rights. Linux keeps rights for each thread; the
 * thread ends with the act, since processes of its user could send signals to it, and so to all of this process.
 * capabilities(7), kill(2).
 */
final class UnprivilegedThread {

    /** Something to do with no rights. */
    interface Act<T> {
        T run() throws IOException;
    }

    /** What the thread gives up. */
    private interface Loss {
        void happen(SystemUser user) throws IOException;
    }

    private UnprivilegedThread() {}

    /** Does it and waits for that. */
    static <T> T run(SystemUser user, Act<T> act) throws IOException {
        return run(user, ThreadRights::giveUpAll, act);
    }

    /** Does it as that user, who may get rights by set-user-ID programs as any other, and waits for that. */
    static <T> T runAs(SystemUser user, Act<T> act) throws IOException {
        return run(user, ThreadRights::become, act);
    }

    private static <T> T run(SystemUser user, Loss loss, Act<T> act) throws IOException {
        CompletableFuture<T> result = new CompletableFuture<>();
        Thread.ofPlatform().daemon().name("without rights").start(() -> {
            try {
                loss.happen(user);
                result.complete(act.run());
            } catch (IOException | RuntimeException refused) {
                result.completeExceptionally(refused);
            }
        });
        return awaited(result);
    }

    private static <T> T awaited(CompletableFuture<T> result) throws IOException {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return result.get();
                } catch (InterruptedException later) {
                    // It takes no time to wait for.
                    interrupted = true;
                }
            }
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof IOException refused ? refused
                    : new IOException(failed.getCause().getMessage(), failed);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
