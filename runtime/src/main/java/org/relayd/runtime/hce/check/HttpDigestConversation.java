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

/**
 * Gets a page and compares the hash of its body: of all that follows the first empty line, up to the first NUL byte as
 * the original reads it. The answer is judged at the close, or when time is up.
 */
final class HttpDigestConversation implements Conversation {
    private final HealthCheck.HttpDigest check;
    private final Consumer<String> failure;
    private final ReceivedBytes head = new ReceivedBytes();
    private final MessageDigest digest;
    private boolean inBody;
    private boolean cut;

    /**
     * Creates the conversation of one check.
     *
     * @param failure
     *            told in words why the answer is not the wanted one
     */
    HttpDigestConversation(HealthCheck.HttpDigest check, Consumer<String> failure) {
        this.check = check;
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
        if (inBody) {
            body(bytes);
            return Optional.empty();
        }
        int before = head.length();
        int start = bytes.readerIndex();
        head.add(bytes.duplicate());
        int end = head.endOfHead();
        if (end >= 0) {
            inBody = true;
            body(bytes.readerIndex(start + end - before));
            return Optional.empty();
        }
        return head.isFull() ? Optional.of(CheckResult.HTTP_DIGEST_MALFORMED) : Optional.empty();
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
        if (!inBody) {
            return CheckResult.HTTP_DIGEST_MALFORMED;
        }
        boolean equal = HexFormat.of().formatHex(digest.digest()).equals(check.digest().text());
        if (!equal) {
            failure.accept("wrong digest");
        }
        return equal ? CheckResult.HTTP_DIGEST_OK : CheckResult.HTTP_DIGEST_MISMATCH;
    }

    @Override
    public Optional<CheckResult> timedOut() {
        return head.isEmpty() ? Optional.empty() : Optional.of(closed());
    }
}
