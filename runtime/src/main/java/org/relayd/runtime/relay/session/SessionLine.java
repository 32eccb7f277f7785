package org.relayd.runtime.relay.session;

import java.util.Optional;

/**
 * The line that a session leaves in the log.
 *
 * @param relay
 *            name of the relay
 * @param id
 *            number of the session
 * @param active
 *            open sessions, this one included
 * @param tag
 *            tag of the current dialect or mark of dialect 5.1, if one is set
 * @param client
 *            numeric client address
 * @param target
 *            numeric target address; empty if none was chosen
 * @param port
 *            port of the target, or the one configured if none was chosen
 * @param reason
 *            why it ended
 * @param entries
 *            what rules logged, with a blank in front of each entry; may be empty
 */
record SessionLine(String relay, long id, int active, Optional<String> tag, String client, String target, int port,
        String reason, String entries) {

    /** Returns the line without the system's words that a warning adds. */
    String text() {
        return "relay " + relay + ", session " + id + " (" + active + " active), " + tag.orElse("0") + ", " + client
                + " -> " + target + ":" + port + ", " + reason
                + (entries.isEmpty() ? "" : "," + entries);
    }
}
