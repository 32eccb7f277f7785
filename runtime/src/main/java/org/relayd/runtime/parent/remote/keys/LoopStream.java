package org.relayd.runtime.parent.remote.keys;

import io.netty.channel.IoEventLoop;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.relayd.runtime.parent.OpenSocket;
import org.relayd.runtime.parent.Rights;
import org.relayd.runtime.parent.keystream.GarbageException;
import org.relayd.runtime.parent.keystream.SignatureAnswer;
import org.relayd.runtime.parent.keystream.SignatureRequest;
import org.relayd.runtime.parent.message.Reply;
import org.relayd.runtime.parent.message.Request;
import org.relayd.runtime.parent.remote.Parent;
import org.relayd.runtime.parent.remote.Parent.Answered;
import org.relayd.runtime.parent.remote.DueReply;

/**
 * The key stream of one event loop; on that loop only. Opened when the first signature is asked for, and again after it
 * has failed. What is asked for in one turn of the loop leaves in one piece at its end.
 */
final class LoopStream {
    /** Signatures that can wait: the handshakes of ten seconds, for which each of them waits at most. */
    static final int MOST_WAITING = 16_384;
    private static final int ROOM = 64 * 1024;

    private final IoEventLoop loop;
    private final Parent parent;
    private final StreamLink.Opener opener;
    private final Consumer<String> trouble;
    private final Map<Integer, Consumer<Optional<byte[]>>> waiting = new HashMap<>();
    private final Queue<SignatureRequest> unsent = new ArrayDeque<>();
    private final ByteBuffer in = ByteBuffer.allocateDirect(ROOM);
    private final ByteBuffer out = ByteBuffer.allocateDirect(ROOM).limit(0);
    private final Runnable flush = this::flush;
    private Phase phase = new Phase.Closed();
    private boolean flushing;
    private int last;

    /**
     * Opens nothing yet.
     *
     * @param parent
     *            gives streams
     * @param trouble
     *            is told what went wrong
     */
    LoopStream(IoEventLoop loop, Parent parent, StreamLink.Opener opener, Consumer<String> trouble) {
        this.loop = loop;
        this.parent = parent;
        this.opener = opener;
        this.trouble = trouble;
    }

    private sealed interface Phase {

        /** Nobody has asked. */
        record Closed() implements Phase {}

        /** The parent is asked for a stream. */
        record Opening() implements Phase {}

        /** There is one. */
        record Open(StreamLink link) implements Phase {}
    }

    /**
     * Asks for a signature.
     *
     * @param answer
     *            gets it later on this loop; or, during the call, that there is none
     */
    void sign(int key, int scheme, byte[] content, Consumer<Optional<byte[]>> answer) {
        SignatureRequest request = new SignatureRequest(++last, key, scheme, content);
        if (!request.isWritable() || waiting.size() >= MOST_WAITING) {
            trouble.accept(request.isWritable() ? "key stream: too many handshakes wait for a signature"
                    : "key stream: there are no signatures of " + content.length + " octets");
            answer.accept(Optional.empty());
            return;
        }
        waiting.put(last, answer);
        unsent.add(request);
        switch (phase) {
            case Phase.Closed() -> open();
            case Phase.Opening() -> {}
            case Phase.Open _ -> flushLater();
        }
    }

    private void flushLater() {
        if (!flushing) {
            flushing = true;
            loop.execute(flush);
        }
    }

    private void open() {
        phase = new Phase.Opening();
        parent.ask(new Request.OpenKeyStream(), new Rights.Answer<>() {
            @Override
            public void given(Answered answered) {
                try {
                    loop.execute(() -> opened(answered));
                } catch (RejectedExecutionException over) {
                    answered.descriptor().ifPresent(number -> new OpenSocket.Descriptor(number).discard());
                }
            }

            @Override
            public void refused(IOException reason) {
                try {
                    loop.execute(() -> fail(reason.getMessage()));
                } catch (RejectedExecutionException over) {
                    // Its connections have ended with it.
                }
            }
        });
    }

    private void opened(Answered answered) {
        try {
            DueReply.carrying(answered, Reply.Socket.class);
            int descriptor = answered.descriptor().orElseThrow();
            if (phase instanceof Phase.Opening) {
                in.clear();
                out.limit(0);
                phase = new Phase.Open(opener.open(loop, descriptor, this::ready));
                flush();
            } else {
                new OpenSocket.Descriptor(descriptor).discard();
            }
        } catch (IOException refused) {
            fail(refused.getMessage());
        }
    }

    private void flush() {
        flushing = false;
        if (!(phase instanceof Phase.Open(StreamLink link))) {
            return;
        }
        try {
            while (fill()) {
                if (link.write(out) == 0) {
                    // It is said when there is room again.
                    return;
                }
            }
        } catch (IOException broken) {
            fail(broken.getMessage());
        }
    }

    /** Puts what fits into the buffer; false if nothing is to be sent. */
    private boolean fill() {
        out.compact();
        while (!unsent.isEmpty() && unsent.element().write(out)) {
            unsent.remove();
        }
        return out.flip().hasRemaining();
    }

    private void ready() {
        if (!(phase instanceof Phase.Open(StreamLink link))) {
            return;
        }
        try {
            int got = link.read(in);
            while (got > 0) {
                in.flip();
                take();
                in.compact();
                got = link.read(in);
            }
            if (got < 0) {
                fail("the parent process has closed it");
            } else if (out.hasRemaining() || !unsent.isEmpty()) {
                flush();
            }
        } catch (GarbageException garbage) {
            fail("the parent process said " + garbage.getMessage());
        } catch (IOException broken) {
            fail(broken.getMessage());
        }
    }

    private void take() throws GarbageException {
        for (Optional<SignatureAnswer> next = SignatureAnswer.read(in); next
                .isPresent(); next = SignatureAnswer.read(in)) {
            Optional<Consumer<Optional<byte[]>>> asked = Optional.ofNullable(waiting.remove(next.get().id()));
            if (asked.isEmpty()) {
                throw new GarbageException("a signature that nobody waits for");
            }
            tell(asked.get(), next.get().signature());
        }
    }

    /** The others get theirs, whatever one does with its own. */
    private void tell(Consumer<Optional<byte[]>> asked, Optional<byte[]> signature) {
        try {
            asked.accept(signature);
        } catch (RuntimeException fault) {
            trouble.accept("key stream: a signature met " + fault);
        }
    }

    private void fail(String reason) {
        if (phase instanceof Phase.Open(StreamLink link)) {
            link.close();
        }
        phase = new Phase.Closed();
        unsent.clear();
        List<Consumer<Optional<byte[]>>> failed = List.copyOf(waiting.values());
        waiting.clear();
        trouble.accept("key stream: " + reason
                + (failed.isEmpty() ? "" : "; " + failed.size() + " handshakes get no signature"));
        failed.forEach(answer -> tell(answer, Optional.empty()));
    }

    /** Closes the stream; whoever waits gets no signature. */
    void close() {
        switch (phase) {
            case Phase.Closed() -> {}
            case Phase.Opening(),Phase.Open _ -> fail("relayd ends");
        }
    }

    /** Returns how many wait. */
    int waiting() {
        return waiting.size();
    }
}
