package org.relayd.runtime.parent.remote.keys;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.relayd.runtime.parent.HeldKey;
import org.relayd.runtime.parent.Rights;
import org.relayd.runtime.parent.message.Request;
import org.relayd.runtime.parent.remote.Parent;
import org.relayd.runtime.parent.remote.Parent.Answered;
import org.relayd.runtime.tls.Identity;
import org.relayd.runtime.tls.Signer;

/** A key of the parent process, kept there until this is closed and no context uses it any more. Any thread. */
final class RemoteKey implements HeldKey, Signer {
    private final Parent parent;
    private final KeyStreams streams;
    private final int number;
    private final String print;
    private final AtomicBoolean closed = new AtomicBoolean();
    private final AtomicInteger uses = new AtomicInteger(1);

    RemoteKey(Parent parent, KeyStreams streams, int number, String print) {
        this.parent = parent;
        this.streams = streams;
        this.number = number;
        this.print = print;
    }

    @Override
    public Identity.Key key() {
        return new Identity.Key.Elsewhere(this);
    }

    @Override
    public String print() {
        return print;
    }

    @Override
    public void sign(int scheme, byte[] content, Consumer<Optional<byte[]>> answer) {
        streams.sign(number, scheme, content, answer);
    }

    @Override
    public void hold() {
        uses.incrementAndGet();
    }

    @Override
    public void release() {
        if (uses.decrementAndGet() == 0) {
            close(parent, number);
        }
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            release();
        }
    }

    /** Tells the parent that a key is not used any more. */
    static void close(Parent parent, int number) {
        parent.ask(new Request.CloseKey(number), new Rights.Answer<>() {
            @Override
            public void given(Answered answered) {
                // It is done.
            }

            @Override
            public void refused(IOException reason) {
                // The parent has forgotten it already, or is gone with all of them.
            }
        });
    }
}
