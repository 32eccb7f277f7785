package org.relayd.runtime.hce.check;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.relayd.ir.config.HealthCheck;
import org.relayd.ir.term.CheckResult;

/**
 * Asks for the head of a page and compares the status code. The answer is judged when its head is complete, at the
 * close, or when time is up; answers with status 1xx in front of it do not count.
 */
final class HttpCodeConversation implements Conversation {
    /** A minor version that nobody knows yet is read as the last one that is known; RFC 9110 2.5. */
    private static final Pattern VERSION = Pattern.compile("HTTP/1\\.[0-9] ");
    private static final int CODE_AT = "HTTP/1.1 ".length();
    private static final int CODE_DIGITS = 3;
    /** Another answer follows; after 101 there is none. */
    private static final Pattern INTERIM = Pattern.compile("1(?!01)[0-9][0-9]([ \r\n].*)?", Pattern.DOTALL);

    private final HealthCheck.HttpCode check;
    private final Consumer<String> failure;
    private final ReceivedBytes received = new ReceivedBytes();
    private OptionalInt otherCode = OptionalInt.empty();

    /**
     * Creates the conversation of one check.
     *
     * @param failure
     *            told in words why the answer is not the wanted one
     */
    HttpCodeConversation(HealthCheck.HttpCode check, Consumer<String> failure) {
        this.check = check;
        this.failure = failure;
    }

    @Override
    public byte[] request() {
        return check.request().orElseThrow().getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public Optional<CheckResult> received(ByteBuf bytes) {
        received.add(bytes);
        int end = received.endOfHead();
        while (end >= 0 && isInterim()) {
            received.drop(end);
            end = received.endOfHead();
        }
        return end >= 0 || received.isFull() ? Optional.of(closed()) : Optional.empty();
    }

    private boolean isInterim() {
        String start = start();
        return VERSION.matcher(start).lookingAt() && INTERIM.matcher(start.substring(CODE_AT)).matches();
    }

    private String start() {
        return new String(received.array(), 0, Math.min(received.length(), CODE_AT + CODE_DIGITS + 1),
                StandardCharsets.ISO_8859_1);
    }

    @Override
    public Optional<CheckResult> timedOut() {
        return received.isEmpty() ? Optional.empty() : Optional.of(closed());
    }

    @Override
    public CheckResult closed() {
        String start = start();
        if (!VERSION.matcher(start).lookingAt()) {
            failure.accept("cannot parse HTTP version");
            return CheckResult.HTTP_CODE_MALFORMED;
        }
        String code = start.substring(CODE_AT);
        if (!code.matches("[1-9][0-9][0-9]([ \r\n].*)?")) {
            failure.accept("cannot parse HTTP code");
            return CheckResult.HTTP_CODE_MALFORMED;
        }
        int number = Integer.parseInt(code.substring(0, CODE_DIGITS));
        if (number == check.code()) {
            return CheckResult.HTTP_CODE_OK;
        }
        otherCode = OptionalInt.of(number);
        failure.accept("invalid HTTP code " + number + " returned");
        return CheckResult.HTTP_CODE_MISMATCH;
    }

    @Override
    public CheckOutcome outcome(CheckResult result) {
        return new CheckOutcome(result, otherCode);
    }
}
