package org.relayd.ir.nft;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.relayd.ir.nft.NftObject.Chain;
import org.relayd.ir.nft.NftObject.Counter;
import org.relayd.ir.nft.NftObject.Dispatch;
import org.relayd.ir.nft.NftObject.Hosts;
import org.relayd.ir.nft.NftObject.Memory;
import org.relayd.ir.nft.NftObject.Slots;
import org.relayd.ir.nft.NftObject.Timeout;

/**
 * The difference between two contents as a script that touches nothing else: rules of chains and elements of maps are
 * replaced, objects come and go; what packets have filled in (counters, remembered clients and flows) stays.
 */
public final class NftChange {
    private final String table;
    private final Map<String, NftObject> before;
    private final Map<String, NftObject> after;
    private final List<String> commands = new ArrayList<>();

    private NftChange(NftTable before, NftTable after) {
        this.table = after.path();
        this.before = byName(before);
        this.after = byName(after);
    }

    /**
     * Returns the commands that lead from one content to another, one on a line; empty text if they are equal. A table
     * that only keeps translations alive is left, because connections may depend on it.
     *
     * @return empty if that is not possible piece by piece, and the tables must be replaced as a whole, which packets
     *         may notice: the kernel takes rules over before it fills the maps that they ask
     */
    public static Optional<String> between(List<NftTable> before, List<NftTable> after) {
        StringBuilder script = new StringBuilder();
        Map<String, NftTable> left = new LinkedHashMap<>();
        before.forEach(table -> left.put(table.path(), table));
        for (NftTable table : after) {
            NftTable old = left.remove(table.path());
            if (old == null) {
                script.append(NftScript.replacing(List.of(table)));
                continue;
            }
            NftChange change = new NftChange(old, table);
            if (!change.possible()) {
                return Optional.empty();
            }
            change.commands().forEach(command -> script.append(command).append('\n'));
        }
        left.values().stream().filter(table -> !NftInstance.keeps(table))
                .forEach(table -> script.append("delete table ").append(table.path()).append('\n'));
        return Optional.of(script.toString());
    }

    private static Map<String, NftObject> byName(NftTable table) {
        Map<String, NftObject> objects = new LinkedHashMap<>();
        table.objects().forEach(object -> objects.put(object.name(), object));
        return objects;
    }

    /** Whatever leads to a chain would have to go with it. */
    private boolean possible() {
        return redefined().noneMatch(Chain.class::isInstance);
    }

    /**
     * The definition of a map or a timeout cannot be changed: there is another one in its place, empty if
     * it is filled by packets.
     */
    private Stream<NftObject> redefined() {
        return after.values().stream().filter(object -> before.containsKey(object.name()))
                .filter(object -> !definition(object).equals(definition(before.get(object.name()))));
    }

    private static String definition(NftObject object) {
        return switch (object) {
            case Counter _ -> "counter";
            case Timeout timeout -> NftScript.policy(timeout);
            case Memory memory -> NftScript.type(memory);
            case Dispatch dispatch -> NftScript.type(dispatch);
            case Slots slots -> NftScript.type(slots);
            case Hosts hosts -> NftScript.type(hosts);
            case Chain chain -> NftScript.head(chain);
        };
    }

    /** Elements that lead to a chain go before it and come after it; rules likewise with the objects that they name. */
    private List<String> commands() {
        Set<String> fresh = new HashSet<>(after.keySet());
        fresh.removeAll(before.keySet());
        List<String> gone = before.keySet().stream().filter(name -> !after.containsKey(name)).toList().reversed();
        List<NftObject> redefined = redefined().toList();
        List<Chain> rewritten = chains(after).filter(chain -> !redefined.isEmpty() || !rules(before, chain).equals(
                chain.rules())).toList();
        after.values().stream().filter(object -> fresh.contains(object.name())).forEach(this::add);
        before.values().forEach(this::removeElements);
        Stream.concat(gone.stream().map(before::get).flatMap(NftChange::chain), rewritten.stream())
                .forEach(this::empty);
        redefined.forEach(this::delete);
        redefined.forEach(this::add);
        rewritten.forEach(this::fill);
        gone.stream().map(before::get).forEach(this::delete);
        after.values().forEach(this::addElements);
        return commands;
    }

    private void add(NftObject object) {
        commands.add(switch (object) {
            case Counter(var name) -> "add counter " + table + " " + name;
            case Timeout timeout -> "add ct timeout " + table + " " + timeout.name() + " { "
                    + NftScript.policy(timeout) + " }";
            case Memory _,Dispatch _,Slots _,Hosts _ -> "add map " + table + " " + object.name() + " { "
                    + definition(object) + " }";
            case Chain chain -> "add chain " + table + " " + chain.name()
                    + (NftScript.head(chain).isEmpty() ? "" : " { " + NftScript.head(chain) + " }");
        });
    }

    private void removeElements(NftObject object) {
        List<NftText.Entry> left = only(before, after, object.name());
        if (!left.isEmpty()) {
            commands.add("delete element " + table + " " + object.name() + " " + NftText.keys(left));
        }
    }

    private void addElements(NftObject object) {
        List<NftText.Entry> more = only(after, before, object.name());
        if (!more.isEmpty()) {
            commands.add("add element " + table + " " + object.name() + " " + NftText.elements(more));
        }
    }

    /** Returns the elements that a map has in one content and not in the other. */
    private static List<NftText.Entry> only(Map<String, NftObject> in, Map<String, NftObject> other, String name) {
        if (in.get(name).equals(other.get(name))) {
            return List.of();
        }
        if (in.get(name) instanceof Slots(var _, var marks) && other.get(name) instanceof Slots(var _, var others)) {
            // The one map that changes often: no text is made of what stays.
            return IntStream.range(0, marks.size())
                    .filter(slot -> slot >= others.size() || !marks.get(slot).equals(others.get(slot)))
                    .mapToObj(slot -> NftText.slot(slot, marks.get(slot))).toList();
        }
        List<NftText.Entry> entries = NftText.entries(in.get(name));
        Set<NftText.Entry> there = other.containsKey(name) ? Set.copyOf(NftText.entries(other.get(name))) : Set.of();
        return entries.stream().filter(entry -> !there.contains(entry)).toList();
    }

    private static Stream<Chain> chain(NftObject object) {
        return object instanceof Chain chain ? Stream.of(chain) : Stream.empty();
    }

    private static Stream<Chain> chains(Map<String, NftObject> objects) {
        return objects.values().stream().flatMap(NftChange::chain);
    }

    private static List<List<NftStatement>> rules(Map<String, NftObject> objects, Chain chain) {
        return objects.get(chain.name()) instanceof Chain there ? there.rules() : List.of();
    }

    private void empty(Chain chain) {
        if (!rules(before, chain).isEmpty()) {
            commands.add("flush chain " + table + " " + chain.name());
        }
    }

    private void fill(Chain chain) {
        chain.rules().forEach(
                rule -> commands.add("add rule " + table + " " + chain.name() + " " + NftText.rule(rule)));
    }

    private void delete(NftObject object) {
        commands.add("delete " + switch (object) {
            case Counter _ -> "counter ";
            case Timeout _ -> "ct timeout ";
            case Memory _,Dispatch _,Slots _,Hosts _ -> "map ";
            case Chain _ -> "chain ";
        } + table + " " + object.name());
    }
}
