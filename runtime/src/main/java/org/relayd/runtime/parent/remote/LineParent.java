package org.relayd.runtime.parent.remote;

import io.netty.util.concurrent.FastThreadLocalThread;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.relayd.runtime.Log;
import org.relayd.runtime.parent.OpenSocket;
import org.relayd.runtime.parent.Rights;
import org.relayd.runtime.parent.link.Line;
import org.relayd.runtime.parent.message.Frame;
import org.relayd.runtime.parent.message.Notice;
import org.relayd.runtime.parent.message.Reply;
import org.relayd.runtime.parent.message.Report;
import org.relayd.runtime.parent.message.Request;

/**
 * The parent process at the other end of a line. A thread of its own reads what comes, and calls whoever asked: what it
 * calls must not block, or nobody gets an answer any more.
 */
public final class LineParent implements Parent, AutoCloseable {
    /**
     * Most requests that wait for an answer, apart from those that a thread waits for: sessions of some seconds, so
     * that a parent that was stopped for a moment is not missed, and a few hundred octets for each.
     */
    static final int MOST_WAITING = 4096;
    private static final String NO_ANSWER = "the parent process does not answer";
    private static final String ENDING = "relayd ends";
    private static final String GONE = "the parent process has ended";

    private final Line<Frame.FromWorker, Frame.FromParent> line;
    private final Log log;
    private final Consumer<Notice> notices;
    private final Runnable ended;
    private final WaitingAnswers waiting = new WaitingAnswers();
    private final Sayings sayings;
    private final Thread reader;
    private volatile boolean closing;

    private LineParent(Line<Frame.FromWorker, Frame.FromParent> line, Log log, Consumer<Notice> notices,
            Runnable ended) {
        this.line = line;
        this.log = log;
        this.notices = notices;
        this.ended = ended;
        sayings = new Sayings(line, log);
        reader = Thread.ofPlatform().daemon().name("parent").unstarted(this::read);
    }

    /**
     * Begins to speak.
     *
     * @param log
     *            is told what should not happen
     * @param notices
     *            gets what the parent wants, one after the other on the thread that reads; must not block
     * @param ended
     *            called once, on the thread that reads, if the line ends before {@link #close}: nobody has any rights
     *            from then on
     */
    public static LineParent start(Line<Frame.FromWorker, Frame.FromParent> line, Log log, Consumer<Notice> notices,
            Runnable ended) {
        LineParent parent = new LineParent(line, log, notices, ended);
        parent.reader.start();
        return parent;
    }

    @Override
    public void ask(Request request, Rights.Answer<Answered> answer) {
        OptionalInt number = waiting.add(answer, MOST_WAITING);
        if (number.isPresent()) {
            put(number.getAsInt(), request, line::offer);
        } else {
            answer.refused(notAsked());
        }
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalStateException
     *             on an event loop, and on the thread that brings the answer
     */
    @Override
    public Answered await(Request request) throws IOException {
        if (Thread.currentThread().equals(reader) || Thread.currentThread() instanceof FastThreadLocalThread) {
            throw new IllegalStateException("this thread must not wait for " + request);
        }
        AwaitedAnswer answer = new AwaitedAnswer();
        OptionalInt number = waiting.add(answer, Integer.MAX_VALUE);
        if (number.isEmpty()) {
            throw notAsked();
        }
        put(number.getAsInt(), request, line::send);
        return answer.join();
    }

    /** A way to put a frame on the line. */
    private interface Way {
        boolean put(Frame.FromWorker frame, OptionalInt descriptor);
    }

    private void put(int number, Request request, Way way) {
        try {
            if (!way.put(new Frame.Ask(number, request), OptionalInt.empty())) {
                refuse(number, notAsked());
            }
        } catch (IllegalArgumentException unfit) {
            refuse(number, new IOException(unfit.getMessage(), unfit));
        }
    }

    private void refuse(int number, IOException reason) {
        waiting.take(number).ifPresent(asked -> asked.refused(reason));
    }

    private IOException notAsked() {
        return new IOException(closing ? ENDING : waiting.isEnded() ? GONE : NO_ANSWER);
    }

    @Override
    public void say(Report report) {
        sayings.say(report);
    }

    /** Ends the line, and refuses what waits for an answer. */
    @Override
    public void close() {
        closing = true;
        line.close();
        refuseAll();
    }

    private void refuseAll() {
        waiting.end().forEach(asked -> tell(() -> asked.refused(new IOException(closing ? ENDING : GONE))));
    }

    /** The others get their answers, whatever one does with its own. */
    private void tell(Runnable answer) {
        try {
            answer.run();
        } catch (RuntimeException fault) {
            log.warn("answer of the parent process: " + fault);
        }
    }

    private void read() {
        try {
            Optional<Line.Arrived<Frame.FromParent>> next = line.receive();
            while (next.isPresent()) {
                take(next.get().frame(), next.get().descriptor());
                next = line.receive();
            }
        } catch (IOException fault) {
            if (!closing) {
                log.warn("parent process: " + fault.getMessage());
            }
        } finally {
            line.close();
            refuseAll();
            if (!closing) {
                ended.run();
            }
        }
    }

    private void take(Frame.FromParent frame, OptionalInt descriptor) throws IOException {
        switch (frame) {
            case Frame.Answer(int number, Reply reply) -> answer(number, reply, descriptor);
            case Frame.Want(Notice notice) -> {
                if (descriptor.isPresent()) {
                    discard(descriptor);
                    throw new IOException("a descriptor came with " + notice);
                }
                notices.accept(notice);
            }
        }
    }

    private void answer(int number, Reply reply, OptionalInt descriptor) throws IOException {
        Optional<Rights.Answer<Answered>> asked = waiting.take(number);
        if (asked.isEmpty()) {
            discard(descriptor);
            if (!closing) {
                throw new IOException("an answer to request " + number + ", for which nobody waits");
            }
        } else if (reply instanceof Reply.Refused refused) {
            discard(descriptor);
            tell(() -> asked.get().refused(Refusals.of(refused)));
        } else {
            tell(() -> asked.get().given(new Answered(reply, descriptor)));
        }
    }

    static void discard(OptionalInt descriptor) {
        descriptor.ifPresent(number -> new OpenSocket.Descriptor(number).discard());
    }
}
