package org.relayd.runtime.hce.check;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Consumer;
import org.relayd.ir.config.HealthCheck;
import org.relayd.ir.term.CheckResult;
import org.relayd.ir.term.DigestAlgorithm;
import org.relayd.runtime.ResponseReading;
import org.relayd.runtime.ResponseReading.Stage;

/**
 * Gets a page and compares the hash of its body: of what the frames of chunks hold, as far as the length says if there
 * is one, and up to the first NUL byte as the original reads it. The answer is judged at its end, at the close, or when
 * time is up.
 */
final class HttpDigestConversation implements Conversation {
    private final HealthCheck.HttpDigest check;
    private final Consumer<String> failure;
    private final ResponseReading answer;
    private final MessageDigest digest;
    private Optional<Stage> stage = Optional.empty();
    private boolean cut;

    /**
     * Creates the conversation of one check.
     *
     * @param answer
     *            takes the answer apart
     * @param failure
     *            told in words why the answer is not the wanted one
     */
    HttpDigestConversation(HealthCheck.HttpDigest check, ResponseReading answer, Consumer<String> failure) {
        this.check = check;
        this.answer = answer;
        this.failure = failure;
        this.digest = messageDigest(check.digest().algorithm());
    }

    private static MessageDigest messageDigest(DigestAlgorithm algorithm) {
        try {
            return MessageDigest.getInstance(switch (algorithm) {
                case SHA1 -> "SHA-1";
                case MD5 -> "MD5";
            });
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-1 and MD5", impossible);
        }
    }

    @Override
    public byte[] request() {
        return check.request().orElseThrow().getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public Optional<CheckResult> received(ByteBuf bytes) {
        Stage now = answer.take(bytes, this::body);
        stage = Optional.of(now);
        return switch (now) {
            case HEAD, BODY -> Optional.empty();
            case ENDED, MALFORMED -> Optional.of(judge(now));
        };
    }

    private void body(ByteBuf bytes) {
        int nul = bytes.bytesBefore((byte) 0);
        if (!cut) {
            byte[] part = new byte[nul < 0 ? bytes.readableBytes() : nul];
            bytes.readBytes(part);
            digest.update(part);
        }
        cut |= nul >= 0;
    }

    @Override
    public CheckResult closed() {
        return judge(stage.orElse(Stage.HEAD));
    }

    private CheckResult judge(Stage last) {
        return switch (last) {
            case HEAD, MALFORMED -> CheckResult.HTTP_DIGEST_MALFORMED;
            // Of a body that was cut off, too: what has the digest is whole.
            case BODY, ENDED -> compare();
        };
    }

    private CheckResult compare() {
        boolean equal = HexFormat.of().formatHex(digest.digest()).equals(check.digest().text());
        if (!equal) {
            failure.accept("wrong digest");
        }
        return equal ? CheckResult.HTTP_DIGEST_OK : CheckResult.HTTP_DIGEST_MISMATCH;
    }

    @Override
    public Optional<CheckResult> timedOut() {
        return stage.map(this::judge);
    }
}
