package org.relayd.runtime.parent.message;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.relayd.ir.config.RedirectId;
import org.relayd.runtime.parent.ScriptEnd;
import org.relayd.runtime.platform.TableChange;
import org.relayd.runtime.tls.OctetString;

/** What the parent answers to a {@link Request}. */
public sealed interface Reply {

    /** It has been done. */
    record Done() implements Reply {}

    /** There is nothing to give, and that is no fault. */
    record Nothing() implements Reply {}

    /**
     * It has not been done.
     *
     * @param errno
     *            the system's number, if the system refused
     * @param text
     *            for the user
     * @param kernel
     *            whether it is to be known as a {@link org.relayd.runtime.platform.KernelException}
     */
    record Refused(Optional<Integer> errno, String text, boolean kernel) implements Reply {}

    /** A socket, whose descriptor comes with the message. */
    record Socket() implements Reply {}

    /** A socket for ICMP echo, whose descriptor comes with the message. */
    record EchoSocket(boolean raw) implements Reply {}

    /** A socket that has a name, whose descriptor comes with the message. */
    record NamedSocket(String identity) implements Reply {}

    /** An access log, whose descriptor comes with the message. */
    record OpenedLog(String identity, boolean created) implements Reply {}

    /** Where a client wanted to connect. */
    record Address(InetSocketAddress address) implements Reply {}

    /** How a script ended. */
    record Ended(ScriptEnd end) implements Reply {}

    /** The content of a file, or a signature. */
    record Octets(OctetString content) implements Reply {}

    /**
     * A key that the parent holds.
     *
     * @param number
     *            by which it is asked to sign
     * @param print
     *            a digest of its file
     */
    record Key(int number, String print) implements Reply {}

    /** What a round came to. */
    record Changes(List<TableChange> changes) implements Reply {

        /** Copies the list. */
        public Changes {
            changes = List.copyOf(changes);
        }
    }

    /** How many connections redirections have taken. */
    record Counts(Map<RedirectId, Long> byRedirect) implements Reply {

        /** Copies the map. */
        public Counts {
            byRedirect = Map.copyOf(byRedirect);
        }
    }

    /** How many routes were missing. */
    record Missing(int routes) implements Reply {}

    /** Names of groups. */
    record Groups(Set<String> names) implements Reply {

        /** Copies the set. */
        public Groups {
            names = Set.copyOf(names);
        }
    }

    /**
     * A configuration that the parent has compiled.
     *
     * @param plan
     *            number of the plan
     * @param content
     *            everything that the compiler read and asked for
     */
    record Bundle(int plan, OctetString content) implements Reply {}

    /**
     * What a worker begins with.
     *
     * @param bundle
     *            the configuration
     * @param before
     *            what the worker before it has left; empty for the first
     */
    record Start(Bundle bundle, Handover before) implements Reply {}

    /** Why there is no plan, line by line. */
    record PlanRefused(List<String> lines) implements Reply {

        /** Copies the list. */
        public PlanRefused {
            lines = List.copyOf(lines);
        }
    }
}
