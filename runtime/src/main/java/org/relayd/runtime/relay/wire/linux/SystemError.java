package org.relayd.runtime.relay.wire.linux;

import io.netty.channel.unix.Errors;

/** The system's words for a negated errno. */
final class SystemError {
    private SystemError() {}

    /** {@code Connection refused} for -111. */
    static String text(int negated) {
        String text = String.valueOf(new Errors.NativeIoException("call", negated).getMessage());
        int colon = text.indexOf("): ");
        return colon < 0 ? text : text.substring(colon + 3);
    }
}
