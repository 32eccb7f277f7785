package org.relayd.main.lifecycle;

import java.util.function.Consumer;
import org.relayd.runtime.parent.message.Handover;
import org.relayd.runtime.parent.message.Report;

/**
 * What roles go on from, and where they say what those after them would need.
 *
 * @param before
 *            what other roles with the same plan knew
 * @param reports
 *            told of each change; must not block. Any thread
 */
public record Succession(Handover before, Consumer<Report> reports) {

    /** Returns that of a daemon whose states end with its process. */
    public static Succession none() {
        return new Succession(Handover.nothing(), _ -> {});
    }
}
