package org.relayd.runtime.relay.http;

import io.netty.buffer.ByteBuf;
import java.time.InstantSource;
import java.util.Optional;
import org.relayd.runtime.relay.access.AccessLogWriter;
import org.relayd.runtime.relay.access.SentRequest;
import org.relayd.runtime.relay.http.head.FieldName;
import org.relayd.runtime.relay.http.head.MessageHead;
import org.relayd.runtime.relay.session.SessionEnd;
import org.relayd.runtime.relay.session.Ticker;

/**
 * The trail of a session with an access log: one entry for each request that was read, in their order. A request whose
 * response never began is logged with the status of what ended the session.
 */
final class LoggedExchanges implements AccessTrail {
    private static final FieldName REFERER = FieldName.of("Referer");
    private static final FieldName USER_AGENT = FieldName.of("User-Agent");
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
        begin(sent(head));
    }

    /** Copies what the log shows of a request that was read and not changed yet. */
    private static SentRequest sent(MessageHead head) {
        int referer = head.fields().find(head.octets(), REFERER, 0);
        int agent = head.fields().find(head.octets(), USER_AGENT, 0);
        int line = head.lineLength();
        int hostEnd = line + valueLength(head, head.hostField());
        int refererEnd = hostEnd + valueLength(head, referer);
        byte[] parts = new byte[refererEnd + valueLength(head, agent)];
        System.arraycopy(head.octets(), 0, parts, 0, line);
        copyValue(head, head.hostField(), parts, line);
        copyValue(head, referer, parts, hostEnd);
        copyValue(head, agent, parts, refererEnd);
        return SentRequest.of(parts, line, hostEnd, refererEnd);
    }

    private static int valueLength(MessageHead head, int field) {
        return field < 0 ? 0 : head.fields().valueLength(field);
    }

    private static void copyValue(MessageHead head, int field, byte[] to, int at) {
        if (field >= 0) {
            System.arraycopy(head.octets(), head.fields().valueAt(field), to, at, head.fields().valueLength(field));
        }
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
        // A tunnel that ends without an error has said all.
        if (exchange.progress() != Progress.TUNNEL || end.detail().isPresent()) {
            reason = Optional.of(end.entry());
        }
        write(request.get());
    }

    private void write(SentRequest sent) {
        request = Optional.empty();
        log.add(exchange.entry(sent, time, ticker.nanos() - start, status, reason));
    }
}
