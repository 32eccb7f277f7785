package org.relayd.ctl.json;

import org.relayd.ir.control.ControlReply.RedirectStatus;

/** How things are, in the words of JSON. relayctl(8): JSON. */
final class StatusWord {
    static final String DISABLED = "disabled";
    private static final String ACTIVE = "active";

    private StatusWord() {}

    /** Returns the word for a redirection. */
    static String of(RedirectStatus status) {
        return switch (status) {
            case ACTIVE -> ACTIVE;
            case BACKUP -> "backup";
            case DOWN -> "down";
            case DISABLED -> DISABLED;
        };
    }

    /** Returns the word for a relay or router. */
    static String of(boolean enabled) {
        return enabled ? ACTIVE : DISABLED;
    }

    /** Returns the word for a table with so many hosts that may be used. */
    static String of(boolean enabled, int up) {
        return enabled && up == 0 ? "empty" : of(enabled);
    }
}
