package org.relayd.runtime.parent.remote;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.relayd.runtime.parent.Rights;
import org.relayd.runtime.parent.remote.Parent.Answered;

/** An answer that a thread waits for. */
final class AwaitedAnswer implements Rights.Answer<Answered> {
    private final CompletableFuture<Answered> outcome = new CompletableFuture<>();

    @Override
    public void given(Answered value) {
        outcome.complete(value);
    }

    @Override
    public void refused(IOException reason) {
        outcome.completeExceptionally(reason);
    }

    /**
     * Waits, also if interrupted: what was asked for may be done already, and its descriptor on the way. The end of the
     * line is the end of each wait.
     */
    Answered join() throws IOException {
        try {
            return outcome.join();
        } catch (CompletionException refused) {
            throw refused.getCause() instanceof IOException reason ? reason : new IOException(refused.getCause());
        }
    }
}
