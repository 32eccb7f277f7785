package org.relayd.ir.nft;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.relayd.ir.net.IpAddress;
import org.relayd.ir.net.IpProtocol;

/**
 * Turns listeners that may overlap into map elements that must not. pf asks one rule after the other and takes the
 * first that fits; a map has one answer for each key. So where listeners overlap, each port goes to the first of them.
 */
final class NftDispatch {
    private NftDispatch() {}

    private record Target(IpAddress address, IpProtocol protocol) {}

    /** Returns the elements for packets from any interface; listeners bound to an interface are left out. */
    static List<NftElement> anywhere(List<NftElement> wanted) {
        List<NftElement> elements = new ArrayList<>();
        for (List<NftElement> same : byTarget(wanted)) {
            elements.addAll(disjoint(same.stream().filter(one -> one.interfaceName().isEmpty()).toList()));
        }
        return sorted(elements);
    }

    /**
     * Returns the elements for packets from certain interfaces. They are asked before the others, so a listener that is
     * bound to no interface and stands before one that is has an element here too.
     */
    static List<NftElement> byInterface(List<NftElement> wanted) {
        List<NftElement> elements = new ArrayList<>();
        for (List<NftElement> same : byTarget(wanted)) {
            Set<Optional<String>> interfaces = new LinkedHashSet<>();
            same.forEach(one -> interfaces.add(one.interfaceName()));
            interfaces.remove(Optional.empty());
            for (Optional<String> name : interfaces) {
                List<NftElement> there = same.stream()
                        .filter(one -> one.interfaceName().isEmpty() || one.interfaceName().equals(name))
                        .map(one -> new NftElement(name, one.address(), one.protocol(), one.first(), one.last(),
                                one.chain()))
                        .toList();
                elements.addAll(disjoint(there));
            }
        }
        return sorted(elements);
    }

    private static Collection<List<NftElement>> byTarget(List<NftElement> wanted) {
        Map<Target, List<NftElement>> targets = new LinkedHashMap<>();
        wanted.forEach(one -> targets
                .computeIfAbsent(new Target(one.address(), one.protocol()), target -> new ArrayList<>()).add(one));
        return targets.values();
    }

    /**
     * Cuts the ports at each border of a listener, gives each piece to the first listener that has
     * it, and joins what fits.
     */
    private static List<NftElement> disjoint(List<NftElement> wanted) {
        if (wanted.size() < 2) {
            return wanted;
        }
        TreeSet<Integer> borders = new TreeSet<>();
        wanted.forEach(one -> borders.addAll(List.of(one.first(), one.last() + 1)));
        List<NftElement> pieces = new ArrayList<>();
        for (Integer first : borders) {
            Integer next = borders.higher(first);
            Optional<NftElement> owner = next == null ? Optional.empty()
                    : wanted.stream().filter(one -> one.first() <= first && first <= one.last()).findFirst();
            owner.ifPresent(one -> append(pieces, one, first, next - 1));
        }
        return pieces;
    }

    private static void append(List<NftElement> pieces, NftElement owner, int first, int last) {
        boolean joins = !pieces.isEmpty() && pieces.getLast().last() == first - 1
                && pieces.getLast().chain().equals(owner.chain());
        int from = joins ? pieces.removeLast().first() : first;
        pieces.add(new NftElement(owner.interfaceName(), owner.address(), owner.protocol(), from, last,
                owner.chain()));
    }

    private static List<NftElement> sorted(List<NftElement> elements) {
        return elements.stream().sorted().toList();
    }
}
