package org.relayd.main.desk;

import java.util.List;
import org.relayd.ir.plan.Plan;
import org.relayd.runtime.tls.OctetString;

/** What compiling for the worker came to. */
sealed interface Made {

    /**
     * A plan.
     *
     * @param content
     *            its bundle
     * @param controlSocket
     *            path of the control socket
     */
    record Ready(Plan plan, OctetString content, String controlSocket) implements Made {}

    /** None, for reasons that the worker may know. */
    record Refused(List<String> lines) implements Made {

        /** Copies the list. */
        public Refused {
            lines = List.copyOf(lines);
        }
    }
}
