package org.relayd.runtime.parent.remote;

import java.util.ArrayDeque;
import java.util.OptionalInt;
import java.util.Queue;
import org.relayd.runtime.Log;
import org.relayd.runtime.parent.link.Line;
import org.relayd.runtime.parent.message.Frame;
import org.relayd.runtime.parent.message.Report;

/**
 * Reports on their way, in order. Nobody who says something waits: what finds no room on the line is said later by a
 * thread that does, so that a parent that was stopped for a while hears all of it.
 */
final class Sayings {
    /** Most that wait: what a reload says of a plan with a hundred thousand hosts. */
    static final int MOST = 100_000;

    private final Line<Frame.FromWorker, Frame.FromParent> line;
    private final Log log;
    private final Queue<Report> later = new ArrayDeque<>();
    private boolean running;
    private boolean lost;
    private boolean ended;

    Sayings(Line<Frame.FromWorker, Frame.FromParent> line, Log log) {
        this.line = line;
        this.log = log;
    }

    /** Says something. */
    synchronized void say(Report report) {
        if (ended || (!running && line.offer(new Frame.Say(report), OptionalInt.empty()))) {
            return;
        }
        if (later.size() >= MOST) {
            if (!lost) {
                log.warn("the parent process does not read: it does not hear of " + report + " and others");
            }
            lost = true;
            return;
        }
        later.add(report);
        if (!running) {
            running = true;
            Thread.ofVirtual().name("reports").start(this::run);
        }
    }

    private void run() {
        Report next = first();
        while (line.send(new Frame.Say(next), OptionalInt.empty())) {
            synchronized (this) {
                later.remove();
                if (later.isEmpty()) {
                    running = false;
                    lost = false;
                    return;
                }
                next = later.element();
            }
        }
        end();
    }

    private synchronized Report first() {
        return later.element();
    }

    /** The line has ended: there is nobody to hear of anything. */
    private synchronized void end() {
        ended = true;
        later.clear();
    }
}
