package org.relayd.ir.nft;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.relayd.ir.net.IpFamily;
import org.relayd.ir.net.IpProtocol;
import org.relayd.ir.nft.NftObject.Chain;
import org.relayd.ir.nft.NftObject.Counter;
import org.relayd.ir.nft.NftObject.Dispatch;
import org.relayd.ir.nft.NftObject.Hosts;
import org.relayd.ir.nft.NftObject.Memory;
import org.relayd.ir.nft.NftObject.Slots;
import org.relayd.ir.nft.NftObject.Timeout;
import org.relayd.ir.nft.NftStatement.AddMark;
import org.relayd.ir.nft.NftStatement.Chooser;
import org.relayd.ir.nft.NftStatement.Count;
import org.relayd.ir.nft.NftStatement.DispatchBy;
import org.relayd.ir.nft.NftStatement.End;
import org.relayd.ir.nft.NftStatement.Forget;
import org.relayd.ir.nft.NftStatement.LogPacket;
import org.relayd.ir.nft.NftStatement.MarkValue;
import org.relayd.ir.nft.NftStatement.OfNoConnection;
import org.relayd.ir.nft.NftStatement.OfProtocols;
import org.relayd.ir.nft.NftStatement.OfTransparentSocket;
import org.relayd.ir.nft.NftStatement.Remember;
import org.relayd.ir.nft.NftStatement.SendTo;
import org.relayd.ir.nft.NftStatement.SetMark;
import org.relayd.ir.nft.NftStatement.SetTimeout;
import org.relayd.ir.nft.NftStatement.Translate;

/** Rules and elements in the words of nft(8), written so that nft 1.0.6 and newer take them. */
final class NftText {
    private static final int LONGEST_COMMENT = 100;

    private NftText() {}

    /** Returns a rule without a line end. */
    static String rule(List<NftStatement> rule) {
        return rule.stream().map(NftText::statement).collect(Collectors.joining(" "));
    }

    private static String statement(NftStatement statement) {
        return switch (statement) {
            case OfProtocols(var protocols)
                    -> "meta l4proto " + oneOrSet(protocols.stream().map(IpProtocol::name).toList());
            case DispatchBy(var map, var family, var byInterface) -> key(family, byInterface) + " vmap @" + map;
            case Count(var counter) -> "counter name \"" + counter + "\"";
            case LogPacket(var prefix) -> "log prefix " + quoted(prefix);
            case SetTimeout(var timeout) -> "ct timeout set \"" + timeout + "\"";
            case SetMark(var place, var value) -> place.words() + " set " + value(value);
            case Remember(var memory, var key, var place) -> "update " + entry(memory, key, place);
            case Forget(var memory, var key, var place) -> "delete " + entry(memory, key, place);
            case Translate(var family, var hosts, var port) -> "dnat " + NftFamily.of(family).word()
                    + " to ct mark and " + hex(NftHost.MASK) + " map @" + hosts
                    + port.map(number -> ":" + number).orElse("");
            case SendTo(var hosts) -> "dup to meta mark and " + hex(NftHost.MASK) + " map @" + hosts;
            case OfTransparentSocket() -> "socket transparent 1";
            case AddMark(var bit) -> "meta mark set meta mark or " + hex(bit);
            case OfNoConnection() -> "ct state invalid";
            case End(var verdict) -> verdict.word();
        };
    }

    /** Returns the key of a dispatch as an expression. */
    static String key(IpFamily family, boolean byInterface) {
        return (byInterface ? "iifname . " : "") + NftFamily.of(family).word()
                + " daddr . meta l4proto . th dport";
    }

    private static String entry(String memory, NftObject.MemoryKey key, NftStatement.Place place) {
        return "@" + memory + " { " + key.expression() + " : " + place.words() + " }";
    }

    private static String value(MarkValue value) {
        return switch (value) {
            case MarkValue.Chosen(var by, var family, var slots, var dealt) -> chooser(by, family, dealt) + " map @"
                    + slots;
            case MarkValue.Remembered(var memory, var key) -> key.expression() + " map @" + memory;
            case MarkValue.FlowHash(var key) -> key.expression();
            case MarkValue.RememberedFlow(var memory) -> "meta mark map @" + memory;
            case MarkValue.Zero() -> "0";
        };
    }

    private static String chooser(Chooser chooser, IpFamily family, int size) {
        return switch (chooser) {
            case Chooser.Turn() -> "numgen inc mod " + size;
            case Chooser.Chance() -> "numgen random mod " + size;
            case Chooser.ClientHash(var seed) -> "jhash " + NftFamily.of(family).word() + " saddr mod " + size
                    + (seed.isPresent() ? " seed 0x" + Integer.toHexString(seed.getAsInt()) : "");
        };
    }

    private static String hex(int number) {
        return "0x" + Integer.toHexString(number);
    }

    private static String oneOrSet(List<String> words) {
        return words.size() == 1 ? words.getFirst() : words.stream().collect(Collectors.joining(", ", "{ ", " }"));
    }

    /**
     * An element of a map.
     *
     * @param key
     *            what is looked up
     * @param value
     *            what is found
     */
    record Entry(String key, String value) {}

    /** Returns the elements that we keep in a map; none for what is no map, or filled by packets. */
    static List<Entry> entries(NftObject object) {
        return switch (object) {
            case Dispatch dispatch -> dispatch.elements().stream()
                    .map(element -> new Entry(key(element), "goto " + element.chain())).toList();
            case Slots(var _, var marks) -> IntStream.range(0, marks.size())
                    .mapToObj(slot -> slot(slot, marks.get(slot))).toList();
            case Hosts(var _, var _, var hosts) -> hosts.stream()
                    .map(host -> new Entry(hex(host.id().number()), host.address().toString())).toList();
            case Counter _,Timeout _,Memory _,Chain _ -> List.of();
        };
    }

    /** Returns the element of a slot. */
    static Entry slot(int number, int mark) {
        return new Entry(Integer.toString(number), hex(mark));
    }

    /** Returns elements in braces. */
    static String elements(List<Entry> entries) {
        return entries.stream().map(entry -> entry.key + " : " + entry.value)
                .collect(Collectors.joining(", ", "{ ", " }"));
    }

    /** Returns the keys of elements in braces. */
    static String keys(List<Entry> entries) {
        return entries.stream().map(Entry::key).collect(Collectors.joining(", ", "{ ", " }"));
    }

    private static String key(NftElement element) {
        List<String> parts = new ArrayList<>();
        element.interfaceName().ifPresent(name -> parts.add(quoted(name)));
        parts.add(element.address().toString());
        parts.add(element.protocol().name());
        parts.add(element.first() == element.last() ? Integer.toString(element.first())
                : element.first() + "-" + element.last());
        return String.join(" . ", parts);
    }

    /** Returns a text in quotes. nft knows no escapes, so what cannot stand in quotes is replaced. */
    static String quoted(String text) {
        String printable = text.codePoints().map(c -> c < ' ' || c == 0x7f ? '?' : c == '"' ? '\'' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append).toString();
        return "\"" + (printable.length() > LONGEST_COMMENT ? printable.substring(0, LONGEST_COMMENT) : printable)
                + "\"";
    }
}
