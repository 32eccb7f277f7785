package org.relayd.runtime.hce.check;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import org.relayd.ir.config.HealthCheck;
import org.relayd.ir.term.CheckResult;

/** Sends bytes and waits for bytes. relayd.conf(5): TABLES, {@code check binary send ... expect}. */
final class PrefixConversation implements Conversation {
    private final byte[] request;
    private final byte[] expected;
    private final ReceivedBytes received = new ReceivedBytes();

    PrefixConversation(HealthCheck.BinarySendExpect check) {
        this.request = HexFormat.of().parseHex(check.request().orElse(""));
        this.expected = HexFormat.of().parseHex(check.expect());
    }

    @Override
    public byte[] request() {
        return request.clone();
    }

    @Override
    public Optional<CheckResult> received(ByteBuf bytes) {
        received.add(bytes);
        int common = Math.min(received.length(), expected.length);
        if (!Arrays.equals(received.array(), 0, common, expected, 0, common)) {
            return Optional.of(CheckResult.SEND_EXPECT_FAILED);
        }
        return common == expected.length ? Optional.of(CheckResult.SEND_EXPECT_OK) : Optional.empty();
    }

    @Override
    public CheckResult closed() {
        return CheckResult.SEND_EXPECT_FAILED;
    }

    @Override
    public Optional<CheckResult> timedOut() {
        return received.isEmpty() ? Optional.empty() : Optional.of(CheckResult.SEND_EXPECT_FAILED);
    }
}
