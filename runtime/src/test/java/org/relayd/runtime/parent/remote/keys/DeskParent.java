package org.relayd.runtime.parent.remote.keys;

import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.relayd.runtime.parent.Rights;
import org.relayd.runtime.parent.door.PlanAuthority;
import org.relayd.runtime.parent.door.Given;
import org.relayd.runtime.parent.door.KeyDesk;
import org.relayd.runtime.parent.message.Report;
import org.relayd.runtime.parent.message.Request;
import org.relayd.runtime.parent.remote.Parent;

/** A parent process that is a thread here, and answers what is asked of its keys. */
public final class DeskParent implements Parent, AutoCloseable {
    private final ExecutorService thread = Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().factory());
    private final KeyDesk desk;

    private final Set<PlanAuthority> authorities;

    /** Asks a desk, with the authorities of a plan. */
    public DeskParent(KeyDesk desk, Set<PlanAuthority> authorities) {
        this.desk = desk;
        this.authorities = authorities;
    }

    @Override
    public void ask(Request request, Rights.Answer<Answered> answer) {
        thread.execute(() -> {
            try {
                answer.given(answer(request));
            } catch (IOException refused) {
                answer.refused(refused);
            }
        });
    }

    private Answered answer(Request request) throws IOException {
        Given given = desk.answer((Request.OfKeys) request, authorities);
        return new Answered(given.reply(), given.descriptor());
    }

    @Override
    public Answered await(Request request) throws IOException {
        try {
            return thread.submit(() -> answer(request)).get();
        } catch (ExecutionException failed) {
            throw new IOException(failed.getCause().getMessage(), failed);
        } catch (InterruptedException stopped) {
            throw new IOException(stopped);
        }
    }

    @Override
    public void say(Report report) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
