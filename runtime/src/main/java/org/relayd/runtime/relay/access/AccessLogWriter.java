package org.relayd.runtime.relay.access;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.relayd.ir.config.AccessLog;
import org.relayd.ir.source.FileReason;
import org.relayd.runtime.Log;

/**
 * One access log: a bounded queue that event loops put entries in, and the thread that makes lines of them and writes
 * them, as many at once as have come. Entries that do not fit are lost, and counted; a file that cannot be written is
 * no reason to stop relaying. What is lost is told in the daemon's log once a minute at most.
 */
public final class AccessLogWriter {
    /** Most entries that wait. */
    static final int MOST_ENTRIES = 65_536;
    /** Most octets of entries that wait. */
    static final int MOST_OCTETS = 32 * 1024 * 1024;
    /** Nanoseconds in which entries gather before they are written together. */
    private static final long GATHERING = TimeUnit.MILLISECONDS.toNanos(50);
    /** Octets of lines that are written with one call. */
    private static final int CALL = 256 * 1024;
    private static final Duration CLOSING = Duration.ofSeconds(2);

    private final LineFile file;
    private final LineFormat format;
    private final Trouble trouble;
    private final LineBuffer lines = new LineBuffer();
    private final Thread thread;
    /** Nanoseconds of the system's clock when the name of the file was looked at last. */
    private long followed = System.nanoTime();
    /** Whether the file may end in a part of a line. */
    private boolean torn;

    // Shared with the event loops, guarded by this.
    private List<AccessEntry> waiting = new ArrayList<>();
    private int octets;
    private long overflow;
    private boolean idle;
    private boolean reopening;
    private boolean closing;

    AccessLogWriter(AccessLog settings, LineFile file, Log log) {
        this.file = file;
        format = LineFormat.of(settings.format(), ZoneId.systemDefault());
        trouble = new Trouble("access log " + settings.file(), log);
        thread = Thread.ofPlatform().daemon().name("access log").unstarted(this::run);
    }

    /** Begins to write. */
    void start() {
        thread.start();
    }

    /** Takes an entry, or loses it if too many wait. Any thread; never waits. */
    public void add(AccessEntry entry) {
        boolean wake;
        synchronized (this) {
            if (waiting.size() == MOST_ENTRIES || octets + entry.size() > MOST_OCTETS || closing) {
                overflow++;
                return;
            }
            waiting.add(entry);
            octets += entry.size();
            wake = idle;
            idle = false;
        }
        if (wake) {
            LockSupport.unpark(thread);
        }
    }

    /** Opens the file anew if its name belongs to another one now, as after a rotation. Any thread; does not wait. */
    synchronized void reopen() {
        reopening = true;
        LockSupport.unpark(thread);
    }

    /** Lets the thread end once all entries are written. Any thread; does not wait. */
    synchronized void end() {
        closing = true;
        LockSupport.unpark(thread);
    }

    /** Ends, and waits until that is done, two seconds at most: the disk may hang. */
    void close() {
        end();
        try {
            thread.join(CLOSING);
        } catch (InterruptedException impatient) {
            Thread.currentThread().interrupt();
        }
    }

    /** What the thread finds to do. */
    private record Work(List<AccessEntry> entries, long lost, boolean reopens, boolean ends) {
        boolean isNone() {
            return entries.isEmpty() && lost == 0 && !reopens && !ends;
        }
    }

    private synchronized Work take() {
        Work work = new Work(waiting, overflow, reopening, closing);
        waiting = new ArrayList<>();
        octets = 0;
        overflow = 0;
        reopening = false;
        idle = work.isNone();
        return work;
    }

    private void run() {
        Work work = take();
        while (!work.ends() || !work.entries().isEmpty()) {
            if (work.isNone()) {
                LockSupport.park(this);
            } else {
                carryOut(work);
            }
            LockSupport.parkNanos(this, work.ends() ? 0 : GATHERING);
            work = take();
        }
        lose(work.lost());
        try {
            file.close();
        } catch (IOException failure) {
            trouble.lost(0, FileReason.of(failure));
        }
        trouble.tellRest();
    }

    private void carryOut(Work work) {
        lose(work.lost());
        long now = System.nanoTime();
        if (work.reopens() || now - followed >= TimeUnit.SECONDS.toNanos(1)) {
            followed = now;
            follow();
        }
        int pending = 0;
        for (AccessEntry entry : work.entries()) {
            format.put(entry, lines);
            pending++;
            if (lines.length() >= CALL) {
                write(pending);
                pending = 0;
            }
        }
        write(pending);
        trouble.tell();
    }

    private void lose(long count) {
        if (count > 0) {
            trouble.lost(count, "too many wait to be written");
        }
    }

    private void follow() {
        try {
            file.follow();
        } catch (IOException failure) {
            trouble.lost(0, failure.getMessage() + ", the file that was open goes on");
        }
    }

    private void write(int count) {
        try {
            if (torn && count > 0) {
                file.write(ByteBuffer.wrap(new byte[]{'\n'}));
                torn = false;
            }
            file.write(lines.view());
        } catch (IOException failure) {
            torn = true;
            trouble.lost(count, FileReason.of(failure));
        }
        lines.clear();
    }
}
