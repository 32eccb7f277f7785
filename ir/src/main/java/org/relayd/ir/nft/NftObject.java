package org.relayd.ir.nft;

import java.util.List;
import java.util.Optional;
import org.relayd.ir.net.IpFamily;

/** A named thing in a table. */
public sealed interface NftObject {

    /** Returns its name, unique in its table among things of its kind; never one of nft's own words. */
    String name();

    /** Counts new connections of a redirection. */
    record Counter(String name) implements NftObject {}

    /**
     * How long TCP connections are remembered.
     *
     * @param name
     *            its name
     * @param family
     *            family of the connections
     * @param established
     *            seconds without a packet
     */
    record Timeout(String name, IpFamily family, int established) implements NftObject {}

    /**
     * Says which chain is responsible for a packet, by address, protocol and port.
     *
     * @param name
     *            its name
     * @param family
     *            family of the addresses
     * @param byInterface
     *            whether the interface that the packet came in on is part of the key
     * @param elements
     *            sorted; no two overlap
     */
    record Dispatch(String name, IpFamily family, boolean byInterface, List<NftElement> elements)
            implements NftObject {

        /** Copies the list. */
        public Dispatch {
            elements = List.copyOf(elements);
        }
    }

    /**
     * Remembers which host something went to; filled by packets.
     *
     * @param name
     *            its name
     * @param key
     *            what is remembered
     * @param seconds
     *            time after which an entry that is not refreshed is forgotten
     * @param size
     *            most entries
     */
    record Memory(String name, MemoryKey key, int seconds, int size) implements NftObject {

        /** Returns whether it remembers the flows of a redirection, not its clients or those of another. */
        public boolean holdsFlowsOf(NftRedirect redirect) {
            return name.equals(NftNames.flows(redirect, IpFamily.INET))
                    || name.equals(NftNames.flows(redirect, IpFamily.INET6));
        }
    }

    /**
     * The mark of each slot that new connections are dealt out to.
     *
     * @param name
     *            its name
     * @param marks
     *            marks by number of the slot
     */
    record Slots(String name, List<Integer> marks) implements NftObject {

        /** Copies the list. */
        public Slots {
            marks = List.copyOf(marks);
        }
    }

    /**
     * The address of each host, by the number that marks have.
     *
     * @param name
     *            its name
     * @param family
     *            family of the addresses
     * @param hosts
     *            the hosts
     */
    record Hosts(String name, IpFamily family, List<NftHost> hosts) implements NftObject {

        /** Copies the list. */
        public Hosts {
            hosts = List.copyOf(hosts);
        }
    }

    /** What a {@link Memory} remembers the host of. */
    enum MemoryKey {
        /** An IPv4 client. */
        INET_CLIENT("ipv4_addr", "ip saddr"),
        /** An IPv6 client. */
        INET6_CLIENT("ipv6_addr", "ip6 saddr"),
        /** A hash of an IPv4 client's address and port. */
        INET_FLOW("mark", "jhash ip saddr . th sport mod 4294967295 seed 0x72656c61"),
        /**
         * A hash of an IPv6 client's address and port. Not the two themselves: nft 1.0.6 overwrites part of a
         * key of more than 16 bytes when it stores a mark under it. The seed is fixed because the hash is
         * taken in several places.
         */
        INET6_FLOW("mark", "jhash ip6 saddr . th sport mod 4294967295 seed 0x72656c61");

        private final String type;
        private final String expression;

        MemoryKey(String type, String expression) {
            this.type = type;
            this.expression = expression;
        }

        /** Returns nft's data type of the key. */
        public String type() {
            return type;
        }

        /** Returns the expression that takes the key from a packet, in nft's words. */
        public String expression() {
            return expression;
        }

        /** Returns the key for clients of a family. */
        public static MemoryKey client(IpFamily family) {
            return switch (family) {
                case INET -> INET_CLIENT;
                case INET6 -> INET6_CLIENT;
            };
        }

        /** Returns the key for flows of a family. */
        public static MemoryKey flow(IpFamily family) {
            return switch (family) {
                case INET -> INET_FLOW;
                case INET6 -> INET6_FLOW;
            };
        }
    }

    /**
     * Rules that packets go through.
     *
     * @param name
     *            its name
     * @param comment
     *            name of the redirection; empty if it belongs to all
     * @param hook
     *            where packets come in; empty for a chain that others jump to
     * @param rules
     *            in order
     */
    record Chain(String name, String comment, Optional<Hook> hook, List<List<NftStatement>> rules)
            implements NftObject {

        /** Copies the lists. */
        public Chain {
            rules = rules.stream().map(List::copyOf).toList();
        }
    }

    /** Places in the kernel where a chain of ours gets packets. */
    enum Hook {
        /** First packets of connections from outside, before routing. */
        TRANSLATE_INCOMING("type nat hook prerouting priority dstnat"),
        /** First packets of connections of this machine. */
        TRANSLATE_LOCAL("type nat hook output priority -100"),
        /** After {@link #TRANSLATE_INCOMING}: only keeps the kernel's translation at work. */
        HOLD("type nat hook prerouting priority dstnat + 10"),
        /** All packets from outside, before connections are tracked. */
        BEFORE_TRACKING("type filter hook prerouting priority raw"),
        /** All packets from outside, before routing. */
        BEFORE_ROUTING("type filter hook prerouting priority mangle");

        private final String text;

        Hook(String text) {
            this.text = text;
        }

        /** Returns the hook in nft's words. */
        public String text() {
            return text;
        }
    }
}
