package org.relayd.main.worker;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.relayd.main.daemon.RunningRoles;
import org.relayd.runtime.parent.message.Notice;

/** Does what the parent wants, once there is something that can. What blocks has a thread of its own. */
final class Notices implements Consumer<Notice> {
    private final CompletableFuture<RunningRoles> serving = new CompletableFuture<>();
    private final ExecutorService reloads = Executors.newCachedThreadPool(
            Thread.ofPlatform().daemon().name("notice").factory());

    /** What was wanted meanwhile is done by them now, and what comes from here on. */
    void serve(RunningRoles roles) {
        serving.complete(roles);
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // nobody waits for it
    public void accept(Notice notice) {
        serving.thenAcceptAsync(roles -> obey(roles, notice), reloads);
    }

    private static void obey(RunningRoles roles, Notice notice) {
        switch (notice) {
            case Notice.Reload() -> roles.reloadAsAsked();
            case Notice.Reopen() -> roles.reopen();
            case Notice.Stop(var limit) -> roles.stop(limit);
        }
    }
}
