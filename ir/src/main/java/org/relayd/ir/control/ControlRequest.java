package org.relayd.ir.control;

import java.util.Locale;

/** What relayctl(8) asks of the daemon; one for each connection. */
public sealed interface ControlRequest {

    /**
     * Asks for rows, then {@link ControlReply.Done}.
     *
     * @param subject
     *            what to show
     */
    record Show(Subject subject) implements ControlRequest {}

    /** What can be shown. */
    enum Subject {
        /** Redirections, relays and routers with their tables and hosts. */
        SUMMARY,
        /** Tables and hosts, with the counts of their checks. */
        HOSTS,
        /** Redirections with their statistics. */
        REDIRECTS,
        /** Relays with their statistics. */
        RELAYS,
        /** Routers with their routes. */
        ROUTERS,
        /** Open sessions of relays. */
        SESSIONS,
        /** What the services need of the machine: {@link ControlReply.Need}. */
        NEEDS
    }

    /**
     * Enables or disables something.
     *
     * @param kind
     *            kind of thing
     * @param target
     *            which one
     * @param enabled
     *            what it is to be
     */
    record Switch(Kind kind, SwitchTarget target, boolean enabled) implements ControlRequest {}

    /** What can be enabled and disabled. */
    enum Kind {
        /** A redirection together with its tables. */
        REDIRECT,
        /** A table. */
        TABLE,
        /** A host together with the hosts that follow it. */
        HOST;

        /** Returns the word that users read. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** One of several things of a kind. */
    sealed interface SwitchTarget {

        /**
         * By its number.
         *
         * @param number
         *            id as relayctl(8) shows it, 0 or more
         */
        record ById(int number) implements SwitchTarget {}

        /**
         * By its name, if only one has it.
         *
         * @param name
         *            name of a redirection, name and port of a table ({@code web:80}), or name of a host as written in
         *            the file
         */
        record ByName(String name) implements SwitchTarget {}
    }

    /** Asks to check all hosts now. */
    record Poll() implements ControlRequest {}

    /** Asks to read the configuration file anew, the one that the daemon was started with. */
    record Reload() implements ControlRequest {}

    /**
     * Asks to use another configuration file, until the next reload.
     *
     * @param path
     *            path as the daemon sees it
     */
    record Load(String path) implements ControlRequest {}

    /** Asks the daemon to end. There is no answer: the connection closes. */
    record Stop() implements ControlRequest {}

    /**
     * Switches debug lines on or off.
     *
     * @param verbose
     *            whether they are shown
     */
    record SetVerbose(boolean verbose) implements ControlRequest {}

    /** Asks for {@link ControlReply.Event}s until one side closes. */
    record Monitor() implements ControlRequest {}
}
