package org.relayd.ir.nft;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.relayd.ir.net.IpFamily;
import org.relayd.ir.net.IpProtocol;
import org.relayd.ir.net.Port;

/** Part of a rule: a condition that ends the rule if it does not hold, or an act. */
public sealed interface NftStatement {

    /** Holds for packets of these IP protocols. */
    record OfProtocols(List<IpProtocol> protocols) implements NftStatement {

        /** Copies the list. */
        public OfProtocols {
            protocols = List.copyOf(protocols);
        }
    }

    /**
     * Goes on in the chain that a dispatch names; holds only if it names one.
     *
     * @param dispatch
     *            name of the dispatch
     * @param family
     *            family of its addresses
     * @param byInterface
     *            whether the incoming interface is part of its key
     */
    record DispatchBy(String dispatch, IpFamily family, boolean byInterface) implements NftStatement {}

    /** Adds one to a counter. */
    record Count(String counter) implements NftStatement {}

    /** Writes a line to the kernel's log. */
    record LogPacket(String prefix) implements NftStatement {}

    /** Gives the connection a timeout. */
    record SetTimeout(String timeout) implements NftStatement {}

    /** Writes the mark; holds only if there is a value. */
    record SetMark(Place place, MarkValue value) implements NftStatement {}

    /** Stores the mark under the packet's key, or refreshes it. */
    record Remember(String memory, NftObject.MemoryKey key, Place place) implements NftStatement {}

    /** Removes what is stored under the packet's key. */
    record Forget(String memory, NftObject.MemoryKey key, Place place) implements NftStatement {}

    /**
     * Rewrites the destination to the host that the connection's mark names; holds only if the mark names one of them.
     *
     * @param family
     *            family of the hosts
     * @param hosts
     *            name of the {@link NftObject.Hosts} that may be named
     * @param port
     *            new port; empty to keep the packet's
     */
    record Translate(IpFamily family, String hosts, Optional<Port> port) implements NftStatement {}

    /**
     * Sends a copy, unchanged, to the host that the packet's mark names; holds only if the mark names one of them.
     *
     * @param hosts
     *            name of the {@link NftObject.Hosts} that may be named
     */
    record SendTo(String hosts) implements NftStatement {}

    /** Holds for packets of a connection that this machine made with a foreign address. */
    record OfTransparentSocket() implements NftStatement {}

    /** Sets one bit of the packet's mark. */
    record AddMark(int bit) implements NftStatement {}

    /** Holds for packets that belong to no connection. */
    record OfNoConnection() implements NftStatement {}

    /** Ends the evaluation. */
    record End(Verdict verdict) implements NftStatement {}

    /** How an evaluation ends. */
    enum Verdict {
        /** The packet goes on. */
        ACCEPT("accept"),
        /** The packet is gone. */
        DROP("drop"),
        /** The calling chain goes on. */
        RETURN("return");

        private final String word;

        Verdict(String word) {
            this.word = word;
        }

        /** Returns nft's word. */
        public String word() {
            return word;
        }
    }

    /** Which mark. */
    enum Place {
        /** That of the connection. */
        CONNECTION("ct mark"),
        /** That of the packet. */
        PACKET("meta mark");

        private final String words;

        Place(String words) {
            this.words = words;
        }

        /** Returns nft's words. */
        public String words() {
            return words;
        }
    }

    /** A value for a mark. */
    sealed interface MarkValue {

        /**
         * A mark chosen anew.
         *
         * @param by
         *            how
         * @param family
         *            family of the packets
         * @param slots
         *            name of the {@link NftObject.Slots} that are chosen from
         * @param dealt
         *            how many of them, from the first on
         */
        record Chosen(Chooser by, IpFamily family, String slots, int dealt) implements MarkValue {}

        /** What a memory has stored under the packet's key; none if it has nothing. */
        record Remembered(String memory, NftObject.MemoryKey key) implements MarkValue {}

        /** A hash of client address and port: the key of a memory of flows. */
        record FlowHash(NftObject.MemoryKey key) implements MarkValue {}

        /** What a memory of flows has stored under the mark itself; none if it has nothing. */
        record RememberedFlow(String memory) implements MarkValue {}

        /** No mark. */
        record Zero() implements MarkValue {}
    }

    /** How an index is chosen. */
    sealed interface Chooser {

        /** By a counter. */
        record Turn() implements Chooser {}

        /** By chance. */
        record Chance() implements Chooser {}

        /** By a hash of the client address. */
        record ClientHash(OptionalInt seed) implements Chooser {}
    }
}
