package org.relayd.runtime.relay.wire;

import java.net.PortUnreachableException;
import java.util.Optional;

/** The system's words for a failed call, taken out of what Netty and the JDK put around them. */
public final class SystemText {
    private SystemText() {}

    /** {@code Connection refused} of {@code finishConnect(..) failed with error(-111): Connection refused: /127.0.0.1:9}. */
    public static String of(Throwable failure) {
        if (failure instanceof PortUnreachableException) {
            return "Connection refused";
        }
        String text = Optional.ofNullable(failure.getMessage()).orElse(failure.getClass().getSimpleName());
        for (String known : new String[]{"Connection refused", "Connection reset", "Broken pipe",
                "Network is unreachable", "No route to host", "Connection timed out",
                "Too many open files", "Permission denied", "Cannot assign requested address"}) {
            if (text.contains(known)) {
                return known.equals("Connection reset") ? "Connection reset by peer" : known;
            }
        }
        return text;
    }
}
