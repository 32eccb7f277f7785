package org.relayd.runtime.hce.check;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.relayd.ir.config.HealthCheck;
import org.relayd.ir.pattern.Glob;
import org.relayd.ir.term.CheckResult;

/**
 * Sends a text and waits until everything received matches a glob; a close before that means down. relayd.conf(5):
 * TABLES, {@code check send ... expect}.
 */
final class GlobConversation implements Conversation {
    private final HealthCheck.SendExpect check;
    private final Glob expected;
    private final ReceivedBytes received = new ReceivedBytes();

    GlobConversation(HealthCheck.SendExpect check) {
        this.check = check;
        this.expected = Glob.compile(check.expect(), true);
    }

    @Override
    public byte[] request() {
        return check.request().orElse("").getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public Optional<CheckResult> received(ByteBuf bytes) {
        received.add(bytes);
        if (expected.matches(received.array(), 0, received.length())) {
            return Optional.of(CheckResult.SEND_EXPECT_OK);
        }
        return received.isFull() ? Optional.of(CheckResult.SEND_EXPECT_FAILED) : Optional.empty();
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
