package org.relayd.runtime.hce.check;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.relayd.ir.config.HealthCheck;
import org.relayd.ir.term.CheckResult;

/**
 * Asks for the head of a page and compares the status code. The answer is judged when its head is complete, at the
 * close, or when time is up.
 */
final class HttpCodeConversation implements Conversation {
    private static final String[] VERSIONS = {"HTTP/1.0 ", "HTTP/1.1 "};
    private static final int CODE_AT = VERSIONS[0].length();
    private static final int CODE_DIGITS = 3;

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
        return received.endOfHead() >= 0 || received.isFull() ? Optional.of(closed()) : Optional.empty();
    }

    @Override
    public Optional<CheckResult> timedOut() {
        return received.isEmpty() ? Optional.empty() : Optional.of(closed());
    }

    @Override
    public CheckResult closed() {
        String start = new String(received.array(), 0, Math.min(received.length(), CODE_AT + CODE_DIGITS + 1),
                StandardCharsets.ISO_8859_1);
        if (!start.startsWith(VERSIONS[0]) && !start.startsWith(VERSIONS[1])) {
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
