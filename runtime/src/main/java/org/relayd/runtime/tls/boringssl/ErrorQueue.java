package org.relayd.runtime.tls.boringssl;

import io.netty.internal.tcnative.SSL;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.relayd.runtime.tls.TlsFailure;
import org.relayd.runtime.tls.TlsFailure.Kind;

/** What the library has to say of a failure: it queues it for each thread, and shows it to the next who asks. */
final class ErrorQueue {
    /** What the library says of an alert that came; of one that it does not know, its number and 1000. */
    private static final Pattern ALERT = Pattern
            .compile("(?:SSLV3_ALERT_|TLSV1_ALERT_|reason\\(1(?=\\d{3}))(\\w+)\\)?");
    private static final int MAX = 100;

    private ErrorQueue() {}

    /** Empties the queue of this thread; returns the reason, as {@code NO_SHARED_CIPHER}. */
    static Optional<String> take() {
        Optional<String> reason = Optional.empty();
        boolean own = false;
        for (int number = SSL.getLastErrorNumber(); number != 0 && !own; number = SSL.getLastErrorNumber()) {
            String text = SSL.getErrorString(number & 0xffff_ffffL);
            own = text.contains(":SSL routines:");
            if (own || reason.isEmpty()) {
                reason = Optional.of(text.substring(text.lastIndexOf(':') + 1));
            }
        }
        SSL.clearError();
        return reason;
    }

    /** Says what a reason means. */
    static TlsFailure failure(String reason) {
        Matcher alert = ALERT.matcher(reason);
        if (alert.matches()) {
            return new TlsFailure(Kind.ALERT, "alert " + words(alert.group(1).replaceFirst("^0+(?=.)", "")));
        }
        return switch (reason) {
            case "HTTP_REQUEST", "HTTPS_PROXY_REQUEST" -> new TlsFailure(Kind.PLAIN_HTTP, "plain HTTP");
            case "PEER_DID_NOT_RETURN_A_CERTIFICATE" -> new TlsFailure(Kind.CERTIFICATE, "no certificate");
            case "CERTIFICATE_VERIFY_FAILED" -> new TlsFailure(Kind.CERTIFICATE, "certificate verify failed");
            case "PRIVATE_KEY_OPERATION_FAILED" -> new TlsFailure(Kind.INTERNAL, "no signature");
            case "CERT_CB_ERROR", "INTERNAL_ERROR", "MALLOC_FAILURE" -> new TlsFailure(Kind.INTERNAL, words(reason));
            case "WRONG_VERSION_NUMBER" -> new TlsFailure(Kind.PROTOCOL, "not TLS");
            case "DATA_LENGTH_TOO_LONG", "ENCRYPTED_LENGTH_TOO_LONG"
                    -> new TlsFailure(Kind.PROTOCOL, "record too long");
            case "EXCESSIVE_MESSAGE_SIZE" -> new TlsFailure(Kind.PROTOCOL, "message too long");
            case "DECRYPTION_FAILED_OR_BAD_RECORD_MAC" -> new TlsFailure(Kind.PROTOCOL, "bad record mac");
            default -> new TlsFailure(Kind.PROTOCOL, words(reason));
        };
    }

    /** Returns a reason in lower case. */
    static String words(String reason) {
        return printable(reason.replace('_', ' ').toLowerCase(Locale.ROOT));
    }

    /** Returns a text that is fit for the log. */
    static String printable(String text) {
        String printable = String.valueOf(text).replaceAll("[^ -~]", ".");
        return printable.length() > MAX ? printable.substring(0, MAX) : printable;
    }

    /** Returns what the library said in an exception, without its codes. */
    static String words(Exception refused) {
        String text = String.valueOf(refused.getMessage());
        String last = text.substring(text.lastIndexOf(':') + 1).strip();
        return words(last.endsWith(")") ? last.substring(0, last.length() - 1) : last);
    }
}
