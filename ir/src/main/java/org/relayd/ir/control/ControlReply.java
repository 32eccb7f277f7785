package org.relayd.ir.control;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.relayd.ir.term.HostState;

/** What the daemon answers to relayctl(8). */
public sealed interface ControlReply {

    /** The last reply: the command was carried out. */
    record Done() implements ControlReply {}

    /** The last reply: the command was refused, for example because nothing has that name. */
    record Failed() implements ControlReply {}

    /**
     * The last reply: the request was not understood, or not now.
     *
     * @param reason
     *            for the user
     */
    record Refused(String reason) implements ControlReply {}

    /**
     * One line for the user, such as a diagnostic of a configuration; not the last reply.
     *
     * @param text
     *            without line end
     */
    record Line(String text) implements ControlReply {}

    /**
     * A redirection.
     *
     * @param id
     *            its number
     * @param name
     *            its name
     * @param status
     *            its state
     * @param statistics
     *            counts of its sessions, where the packet filter gives them
     */
    record RedirectRow(int id, String name, RedirectStatus status, Optional<Statistics> statistics)
            implements ControlReply {}

    /** State of a redirection. */
    enum RedirectStatus {
        /** The hosts of its main table are used. */
        ACTIVE("active"),
        /** The hosts of its backup table are used. */
        BACKUP("active (using backup table)"),
        /** No host is up. */
        DOWN("down"),
        /** It was disabled. */
        DISABLED("disabled");

        private final String words;

        RedirectStatus(String words) {
            this.words = words;
        }

        /** Returns the words of relayctl(8). */
        public String words() {
            return words;
        }
    }

    /**
     * A table; its hosts follow.
     *
     * @param id
     *            its number
     * @param name
     *            its name and port
     * @param enabled
     *            whether it may be used
     * @param up
     *            number of its hosts that may be used; all of them if they are not checked
     */
    record TableRow(int id, String name, boolean enabled, int up) implements ControlReply {}

    /**
     * A host of the table before it.
     *
     * @param id
     *            its number
     * @param name
     *            its name as written in the file
     * @param parent
     *            number of the host that it follows
     * @param enabled
     *            whether it may be used
     * @param state
     *            what its checks say
     * @param checks
     *            what its checks have led to
     */
    record HostRow(int id, String name, Optional<Integer> parent, boolean enabled, HostState state, Checks checks)
            implements ControlReply {}

    /**
     * What the checks of a host have led to.
     *
     * @param up
     *            checks that left it up
     * @param total
     *            checks that counted
     * @param retries
     *            further failures that will be forgiven
     * @param last
     *            how the last check ended, in the words of relayctl(8), DIAGNOSTICS
     */
    record Checks(long up, long total, int retries, String last) {}

    /**
     * A relay; its tables follow.
     *
     * @param id
     *            its number
     * @param name
     *            its name
     * @param enabled
     *            whether it serves sessions
     * @param statistics
     *            counts of its sessions
     */
    record RelayRow(int id, String name, boolean enabled, Statistics statistics) implements ControlReply {}

    /**
     * A router; its table of gateways follows.
     *
     * @param id
     *            its number
     * @param name
     *            its name
     * @param enabled
     *            whether its routes are kept
     * @param rtable
     *            routing table
     * @param label
     *            route label, if one is set
     * @param routes
     *            destinations as {@code ADDRESS/LENGTH}
     */
    record RouterRow(int id, String name, boolean enabled, int rtable, Optional<String> label, List<String> routes)
            implements ControlReply {

        /** Copies the list. */
        public RouterRow {
            routes = List.copyOf(routes);
        }
    }

    /**
     * Counts of sessions, updated once in each statistics interval.
     *
     * @param total
     *            sessions since the start
     * @param seconds
     *            length of the statistics interval
     * @param last
     *            sessions of the last interval, hour and day
     * @param average
     *            running mean of the sessions of an interval, hour and day
     */
    record Statistics(long total, int seconds, Rates last, Rates average) {}

    /**
     * Sessions in three spans of time.
     *
     * @param interval
     *            sessions in one statistics interval
     * @param hour
     *            sessions in one hour
     * @param day
     *            sessions in one day
     */
    record Rates(long interval, long hour, long day) {}

    /**
     * An open session.
     *
     * @param process
     *            number of the process that has it
     * @param id
     *            its number in that process
     * @param client
     *            {@code ADDRESS:PORT} of the client
     * @param target
     *            {@code ADDRESS:PORT} of the target, empty address while none is chosen
     * @param done
     *            whether it only waits for its last bytes to be written
     * @param ageSeconds
     *            time since the target was connected
     * @param idleSeconds
     *            time since a byte was read or written
     * @param relay
     *            number of its relay
     * @param relayName
     *            name of its relay
     * @param pid
     *            process id
     * @param tag
     *            its tag or mark
     */
    record SessionRow(int process, long id, String client, String target, boolean done, long ageSeconds,
            long idleSeconds, int relay, String relayName, long pid, Optional<SessionTag> tag)
            implements ControlReply {}

    /** The tag or mark of a session, which the two dialects show in different words. */
    sealed interface SessionTag {

        /**
         * Tag of the current dialect.
         *
         * @param id
         *            its number, from 1 in the order in which the rules of relays name tags; 0 for one that only an
         *            earlier configuration had
         * @param name
         *            its name
         */
        record Tag(int id, String name) implements SessionTag {}

        /**
         * Mark of dialect 5.1.
         *
         * @param number
         *            1 to 65535
         */
        record Mark(int number) implements SessionTag {}
    }

    /**
     * Something that a service needs of the machine to work. {@code relayctl doctor} looks whether the machine has it.
     *
     * @param kind
     *            what is needed
     * @param detail
     *            more about it, as the kind says
     * @param service
     *            who needs it, such as {@code redirect www}
     * @param pid
     *            process that carries out the service
     */
    record Need(NeedKind kind, String detail, String service, long pid) implements ControlReply {}

    /** What a service may need of the machine. */
    enum NeedKind {
        /** Packets that are not for this machine are passed on; the detail is {@code inet} or {@code inet6}. */
        FORWARDING,
        /** The packet filter works and heeds the anchor in the detail, where anchors are needed. */
        PACKET_FILTER,
        /**
         * The process has the capability of Linux, or is root elsewhere; the detail is
         * {@code CAP_NET_ADMIN} or the like.
         */
        PRIVILEGE,
        /** The address in the detail is one of this machine's. */
        ADDRESS,
        /** Packets to the address in the detail come to this machine, whoever has it. */
        ROUTED_ADDRESS,
        /** There is an interface of the name in the detail. */
        INTERFACE,
        /**
         * Packets may come in on another interface than their answers go out on; the detail is
         * {@code inet} or {@code inet6}.
         */
        ANY_PATH,
        /** Packets to a port of this machine are let in; the detail is {@code tcp 192.0.2.1 80} or the like. */
        OPEN_PORT,
        /** Packets to a port of other machines are passed on; the detail is {@code tcp 192.0.2.1 80} or the like. */
        PASSED_PORT,
        /** The process may open so many files and sockets as the detail says. */
        OPEN_FILES,
        /** The process has lived since that in the detail began, and has a user of its own. */
        WORKER;

        /** Returns the word that users read. */
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
    }

    /**
     * Something happened.
     *
     * @param kind
     *            what happened
     * @param time
     *            when, to the second
     * @param pid
     *            process that tells it
     * @param id
     *            number of the host, table or redirection; 0 for events without one
     * @param name
     *            its name; empty for events without one
     * @param named
     *            whether the command that caused the event named it: only then the lines of {@code relayctl monitor} do
     * @param state
     *            state of a host
     */
    record Event(EventKind kind, Instant time, long pid, int id, Optional<String> name, boolean named,
            Optional<HostState> state) implements ControlReply {}

    /** What can happen. The numbers are those of the original's messages, which {@code relayctl monitor} prints. */
    enum EventKind {
        /** A redirection was disabled. */
        REDIRECT_DISABLE("ctl_rdr_disable", 18),
        /** A redirection was enabled. */
        REDIRECT_ENABLE("ctl_rdr_enable", 19),
        /** A table was disabled. */
        TABLE_DISABLE("ctl_table_disable", 20),
        /** A table was enabled. */
        TABLE_ENABLE("ctl_table_enable", 21),
        /** A host was disabled. */
        HOST_DISABLE("ctl_host_disable", 22),
        /** A host was enabled. */
        HOST_ENABLE("ctl_host_enable", 23),
        /** The hosts of a packet filter table changed. */
        TABLE_CHANGED("ctl_table_changed", 24),
        /** The rules of a redirection were removed. */
        PULL_RULESET("ctl_pull_ruleset", 25),
        /** The rules of a redirection were loaded. */
        PUSH_RULESET("ctl_push_ruleset", 26),
        /** A check of a host ended. */
        HOST_STATUS("host_status", 37),
        /** A round of checks began. */
        SYNC("sync", 38);

        private final String word;
        private final int number;

        EventKind(String word, int number) {
            this.word = word;
            this.number = number;
        }

        /** Returns the word that monitors print. */
        public String word() {
            return word;
        }

        /** Returns the number that monitors print. */
        public int number() {
            return number;
        }
    }
}
