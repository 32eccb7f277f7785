package org.relayd.runtime.relay.http;

import io.netty.buffer.ByteBuf;
import java.time.InstantSource;
import java.util.Optional;
import org.relayd.runtime.relay.session.SessionEnd;
import org.relayd.runtime.relay.access.AccessLogWriter;
import org.relayd.runtime.relay.access.SentRequest;
import org.relayd.runtime.relay.http.head.MessageHead;
import org.relayd.runtime.relay.session.Ticker;

/**
 * The trail of a session with an access log: one entry for each request that was read, in their order. A request whose
 * response never began is logged with the status of what ended the session.
 */
final class LoggedExchanges implements AccessTrail {
    /** Nobody has told a status yet. */
    private static final int NONE = 0;

    private final HttpExchange exchange;
    private final AccessLogWriter log;
    private final Ticker ticker;
    private final InstantSource clock = InstantSource.system();
    private Optional<SentRequest> request = Optional.empty();
    private long time;
    private long start;
    private int status;
    private Optional<String> reason = Optional.empty();

    LoggedExchanges(HttpExchange exchange, AccessLogWriter log) {
        this.exchange = exchange;
        this.log = log;
        ticker = exchange.session().loop().ticker();
    }

    @Override
    public void begin(MessageHead head) {
        begin(head.sent());
    }

    private void begin(SentRequest sent) {
        request = Optional.of(sent);
        time = clock.millis();
        start = ticker.nanos();
        status = NONE;
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
    public void complete() {
        request.ifPresent(this::write);
    }

    @Override
    public void ended(SessionEnd end) {
        if (request.isEmpty()) {
            return;
        }
        if (status == NONE) {
            status = end.status().orElseThrow();
        }
        if (exchange.progress() != Progress.TUNNEL) {
            reason = Optional.of(end.entry());
        }
        write(request.get());
    }

    private void write(SentRequest sent) {
        request = Optional.empty();
        log.add(exchange.entry(sent, time, ticker.nanos() - start, status, reason));
    }
}
