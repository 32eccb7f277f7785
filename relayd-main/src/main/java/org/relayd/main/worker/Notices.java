package org.relayd.main.worker;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.relayd.main.daemon.Service;
import org.relayd.runtime.parent.message.Notice;

/** Does what the parent wants, once there is something that can. What blocks has a thread of its own. */
final class Notices implements Consumer<Notice> {
    private final CompletableFuture<Service> serving = new CompletableFuture<>();
    private final ExecutorService reloads = Executors.newCachedThreadPool(
            Thread.ofPlatform().daemon().name("notice").factory());

    /** What was wanted meanwhile is done by that service now, and what comes from here on. */
    void serve(Service service) {
        serving.complete(service);
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // nobody waits for it
    public void accept(Notice notice) {
        serving.thenAcceptAsync(service -> obey(service, notice), reloads);
    }

    private static void obey(Service service, Notice notice) {
        switch (notice) {
            case Notice.Reload() -> service.reloadAsAsked();
            case Notice.Reopen() -> service.reopen();
            case Notice.Stop(var limit) -> service.stop(limit);
        }
    }
}
