package org.relayd.runtime.parent.remote;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.relayd.runtime.parent.link.Line;
import org.relayd.runtime.parent.link.MemoryLine;
import org.relayd.runtime.parent.message.Frame;
import org.relayd.runtime.parent.message.Reply;
import org.relayd.runtime.parent.message.Report;
import org.relayd.runtime.parent.message.Request;
import org.relayd.runtime.parent.remote.Parent.Answered;

/** A parent process that answers as a test says, and keeps what it has heard. */
final class ParentEnd {
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final List<Report> reports = new CopyOnWriteArrayList<>();
    private final MemoryLine<Frame.FromParent, Frame.FromWorker> line;

    ParentEnd(MemoryLine<Frame.FromParent, Frame.FromWorker> line) {
        this.line = line;
    }

    /** Answers from now on. */
    static ParentEnd answering(MemoryLine<Frame.FromParent, Frame.FromWorker> line,
            Function<Request, Answered> script) {
        ParentEnd end = new ParentEnd(line);
        Thread.ofVirtual().start(() -> end.serve(script));
        return end;
    }

    static Answered alone(Reply reply) {
        return new Answered(reply, OptionalInt.empty());
    }

    private void serve(Function<Request, Answered> script) {
        try {
            Optional<Frame.FromWorker> next = next();
            while (next.isPresent()) {
                if (next.get() instanceof Frame.Ask(int number, Request request)) {
                    Answered answered = script.apply(request);
                    answer(number, answered.reply(), answered.descriptor());
                }
                next = next();
            }
        } catch (IOException fault) {
            throw new AssertionError(fault);
        }
    }

    /** Waits for what comes next. */
    Optional<Frame.FromWorker> next() throws IOException {
        Optional<Frame.FromWorker> next = line.receive().map(Line.Arrived::frame);
        next.ifPresent(frame -> {
            switch (frame) {
                case Frame.Ask(var _, Request request) -> requests.add(request);
                case Frame.Say(Report report) -> reports.add(report);
            }
        });
        return next;
    }

    /** Waits for a request. */
    Frame.Ask asked() throws IOException {
        return next().map(Frame.Ask.class::cast).orElseThrow();
    }

    void answer(int number, Reply reply, OptionalInt descriptor) {
        line.send(new Frame.Answer(number, reply), descriptor);
    }

    List<Request> requests() {
        return requests;
    }

    List<Report> reports() {
        return reports;
    }
}
