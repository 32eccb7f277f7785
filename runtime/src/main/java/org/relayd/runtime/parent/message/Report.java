package org.relayd.runtime.parent.message;

import java.util.List;
import java.util.stream.Stream;
import org.relayd.ir.config.HostId;
import org.relayd.ir.config.RedirectId;
import org.relayd.ir.config.TableId;
import org.relayd.ir.term.HostState;

/** What the worker says without being asked, and without an answer. */
public sealed interface Report {

    /** All roles run: clients are served. */
    record Serving() implements Report {}

    /** The plan of a number is executed now; those before are not needed any more. */
    record Committed(int plan) implements Report {}

    /** The plan of a number will not be executed. */
    record Abandoned(int plan) implements Report {}

    /** A host is in another state. */
    record HostChanged(HostId host, HostState state) implements Report {}

    /** relayctl(8) has switched a host. */
    record HostSwitched(HostId host, boolean enabled) implements Report {}

    /** relayctl(8) has switched a table. */
    record TableSwitched(TableId table, boolean enabled) implements Report {}

    /** relayctl(8) has switched a redirection. */
    record RedirectSwitched(RedirectId redirect, boolean enabled) implements Report {}

    /** relayctl(8) has switched debug lines. */
    record VerbositySwitched(boolean verbose) implements Report {}

    /** Why no worker could begin: its lines are for the user, and the process ends. */
    record CannotStart(List<String> lines) implements Report {

        /** Lines that are told: each relay may have one. */
        private static final int MOST = 100;
        /** Characters of a line; so many of such lines are less than a frame may have. */
        private static final int LONGEST = 2000;

        /** Copies the list. */
        public CannotStart {
            lines = List.copyOf(lines);
        }

        /** Tells as much of them as the line takes, and how many others there are. */
        public static CannotStart of(List<String> lines) {
            Stream<String> told = lines.stream().limit(MOST).map(line -> line.codePoints().limit(LONGEST)
                    .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append).toString());
            Stream<String> more = lines.size() <= MOST ? Stream.empty()
                    : Stream.of("and " + (lines.size() - MOST) + " more");
            return new CannotStart(Stream.concat(told, more).toList());
        }
    }

    /** It is alive, and so are its event loops: said every few seconds. */
    record Alive() implements Report {}

    /** relayctl(8) has asked for the end of the daemon. */
    record StopAsked() implements Report {}
}
