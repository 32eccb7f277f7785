package org.relayd.ir.nft;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.relayd.ir.config.HostId;

/**
 * Which hosts of a redirection get new connections, and in which order. A change moves as few hosts as possible to
 * other slots, so that the kernel is told of these only. Hosts without new connections keep slots after the others:
 * the kernel takes rules and slots over one after the other, and a packet that still goes by the rule of before finds a
 * host that was right then.
 *
 * @param places
 *            host of each slot, first those that are dealt; a host may have several
 * @param dealt
 *            how many slots get new connections, at most all of them
 */
public record NftSlots(List<HostId> places, int dealt) {

    /** Copies the list. */
    public NftSlots {
        places = List.copyOf(places);
    }

    /** Returns slots that begin with these hosts, in this order, and end with the others, which get nothing. */
    public static NftSlots of(List<HostId> dealt, List<HostId> all) {
        List<HostId> places = new ArrayList<>(dealt);
        Set<HostId> open = new HashSet<>(dealt);
        all.stream().filter(host -> !open.contains(host)).forEach(places::add);
        return new NftSlots(places, dealt.size());
    }

    /** Returns the hosts that get new connections. */
    public List<HostId> open() {
        return places.subList(0, dealt);
    }

    /**
     * Returns slots for other hosts, where each host has one. A host that goes changes places with the last one that is
     * dealt, one that comes with the first one that is not.
     *
     * @param now
     *            hosts that get new connections, each of which has a place
     */
    public NftSlots opening(List<HostId> now) {
        Set<HostId> open = new HashSet<>(now);
        List<HostId> next = new ArrayList<>(places);
        int size = dealt;
        for (int i = dealt - 1; i >= 0; i--) {
            if (!open.contains(next.get(i))) {
                size--;
                Collections.swap(next, i, size);
            }
        }
        for (int i = dealt; i < next.size(); i++) {
            if (open.contains(next.get(i))) {
                Collections.swap(next, i, size);
                size++;
            }
        }
        return new NftSlots(next, size);
    }

    /**
     * Returns slots with another host in front, where the kernel begins after each change of a rule.
     *
     * @param turn
     *            counts the changes; over as many of them as there are hosts, each one comes to the front
     */
    public NftSlots turned(int turn) {
        if (dealt < 2) {
            return this;
        }
        List<HostId> next = new ArrayList<>(places);
        Collections.swap(next, 0, 1 + Math.floorMod(turn, dealt - 1));
        return new NftSlots(next, dealt);
    }
}
