package org.relayd.runtime.relay.http;

import io.netty.buffer.ByteBuf;
import java.time.InstantSource;
import java.util.Optional;
import org.relayd.runtime.relay.SessionEnd;
import org.relayd.runtime.relay.access.AccessLogWriter;
import org.relayd.runtime.relay.access.SentRequest;
import org.relayd.runtime.relay.http.head.MessageHead;

/**
 * The trail of a session with an access log: one entry for each request that was read, in their order. A request whose response never began is logged with the status that tells why: 499 if the client
 * left, 400 if its chunks are out of form, 408 if it sent the body too slowly, 502 if the target left, 504 if it kept silent, 503 if relayd ends, 500 after a fault of relayd.
 */
final class LoggedExchanges implements AccessTrail {
    /** The number that nginx uses. */
    private static final int CLIENT_LEFT = 499;
    private static final int TARGET_LEFT = 502;
    private static final int BAD_REQUEST = 400;
    private static final int TOO_SLOW = 408;
    private static final int FAULT = 500;
    private static final int STOPPED = 503;
    private static final int SILENT = 504;
    /** Nobody has told a status yet. */
    private static final int NONE = 0;

    private final HttpSession session;
    private final AccessLogWriter log;
    private final InstantSource clock = InstantSource.system();
    private Optional<SentRequest> request = Optional.empty();
    private long time;
    private long start;
    private int status;
    private Optional<Leaver> leaver = Optional.empty();
    private Optional<String> reason = Optional.empty();

    LoggedExchanges(HttpSession session, AccessLogWriter log) {
        this.session = session;
        this.log = log;
    }

    @Override
    public void begin(MessageHead head) {
        begin(head.sent());
    }

    private void begin(SentRequest sent) {
        request = Optional.of(sent);
        time = clock.millis();
        start = System.nanoTime();
        status = NONE;
        leaver = Optional.empty();
        reason = Optional.empty();
    }

    @Override
    public void beginMalformed(ByteBuf octets) {
        int from = octets.readerIndex();
        int to = octets.writerIndex();
        // Empty lines in front of a later request do not count.
        while (from < to && isLineEnd(octets.getByte(from))) {
            from++;
        }
        int end = from;
        while (end < to && end - from < SentRequest.MOST_RAW && !isLineEnd(octets.getByte(end))) {
            end++;
        }
        byte[] line = new byte[end - from];
        octets.getBytes(from, line);
        begin(SentRequest.raw(line));
    }

    private static boolean isLineEnd(byte octet) {
        return octet == '\n' || octet == '\r';
    }

    @Override
    public void answered(int answer) {
        status = answer;
    }

    @Override
    public void refused(int answer, String why) {
        if (status == NONE) {
            status = answer;
        }
        reason = Optional.of(why);
    }

    @Override
    public void left(Leaver who) {
        leaver = Optional.of(who);
    }

    @Override
    public void complete() {
        request.ifPresent(this::write);
    }

    @Override
    public void ended(SessionEnd end) {
        if (request.isEmpty()) {
            return;
        }
        if (status == NONE) {
            status = leaver.map(LoggedExchanges::status).orElseGet(() -> unanswered(end));
        }
        if (reason.isEmpty() && !session.exchange().isTunnel()) {
            reason = leaver.map(LoggedExchanges::words).or(() -> Optional.of(end.text()));
        }
        write(request.get());
    }

    private static int status(Leaver who) {
        return switch (who) {
            case CLIENT -> CLIENT_LEFT;
            case TARGET -> TARGET_LEFT;
        };
    }

    private static String words(Leaver who) {
        return switch (who) {
            case CLIENT -> "client left";
            case TARGET -> "target left";
        };
    }

    private int unanswered(SessionEnd end) {
        if (end.equals(SessionEnd.IDLE) || end.equals(SessionEnd.SPLICE_IDLE)) {
            return session.isRequestComplete() ? SILENT : TOO_SLOW;
        }
        return end.equals(SessionEnd.STOPPED) ? STOPPED : end.equals(SessionEnd.INTERNAL) ? FAULT : BAD_REQUEST;
    }

    private void write(SentRequest sent) {
        request = Optional.empty();
        log.add(session.entry(sent, time, System.nanoTime() - start, status, reason));
    }
}
