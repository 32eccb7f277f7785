package org.relayd.ir.nft;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.relayd.ir.config.HostId;
import org.relayd.ir.net.IpFamily;
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
            case OfProtocols(var protocols) -> "meta l4proto " + oneOrSet(protocols);
            case DispatchBy(var map, var family, var byInterface) -> key(family, byInterface) + " vmap @" + map;
            case Count(var counter) -> "counter name \"" + counter + "\"";
            case LogPacket(var prefix) -> "log prefix " + quoted(prefix);
            case SetTimeout(var timeout) -> "ct timeout set \"" + timeout + "\"";
            case SetMark(var place, var value) -> place.words() + " set " + value(value);
            case Remember(var memory, var key, var place) -> "update " + entry(memory, key, place);
            case Forget(var memory, var key, var place) -> "delete " + entry(memory, key, place);
            case Translate(var family, var hosts, var port) -> "dnat " + NftFamily.of(family).word()
                    + " to ct mark and " + hex(NftHost.MASK) + " map " + addresses(hosts)
                    + port.map(number -> ":" + number).orElse("");
            case SendTo(var hosts) -> "dup to meta mark and " + hex(NftHost.MASK) + " map " + addresses(hosts);
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
            case MarkValue.Chosen(var by, var family, var marks) -> chooser(by, family, marks.size()) + " map "
                    + IntStream.range(0, marks.size()).mapToObj(index -> index + " : " + hex(marks.get(index)))
                            .collect(Collectors.joining(", ", "{ ", " }"));
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

    private static String addresses(List<NftHost> hosts) {
        return hosts.stream().map(host -> host(host.id()) + " : " + host.address())
                .collect(Collectors.joining(", ", "{ ", " }"));
    }

    private static String host(HostId id) {
        return hex(id.number());
    }

    private static String hex(int number) {
        return "0x" + Integer.toHexString(number);
    }

    private static String oneOrSet(List<String> words) {
        return words.size() == 1 ? words.getFirst() : words.stream().collect(Collectors.joining(", ", "{ ", " }"));
    }

    /** Returns elements of a dispatch in braces. */
    static String elements(List<NftElement> elements) {
        return list(elements, NftText::element);
    }

    /** Returns the keys of elements in braces. */
    static String keys(List<NftElement> elements) {
        return list(elements, NftText::key);
    }

    private static String list(List<NftElement> elements, Function<NftElement, String> text) {
        return elements.stream().map(text).collect(Collectors.joining(", ", "{ ", " }"));
    }

    private static String element(NftElement element) {
        return key(element) + " : goto " + element.chain();
    }

    private static String key(NftElement element) {
        List<String> parts = new ArrayList<>();
        element.interfaceName().ifPresent(name -> parts.add(quoted(name)));
        parts.add(element.address().toString());
        parts.add(element.protocol());
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
