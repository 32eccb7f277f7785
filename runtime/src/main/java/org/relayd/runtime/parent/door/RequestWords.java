package org.relayd.runtime.parent.door;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.relayd.ir.net.IpAddress;
import org.relayd.ir.net.IpFamily;
import org.relayd.ir.net.Port;
import org.relayd.runtime.parent.ListenRequest;
import org.relayd.runtime.parent.ScriptRun;
import org.relayd.runtime.parent.message.Request;

/** What the worker has asked for, in words for the log: its texts are cut and have no control characters. */
final class RequestWords {
    private static final int LONGEST = 120;

    private RequestWords() {}

    static String of(Request request) {
        return switch (request) {
            case Request.Listen(ListenRequest wanted) -> "listen " + wanted.address() + " port " + wanted.port();
            case Request.Probe(ListenRequest wanted) -> "probe " + wanted.address() + " port " + wanted.port();
            case Request.BindDatagram(IpAddress address, Port port) -> "udp " + address + " port " + port;
            case Request.OpenForeign(IpAddress source) -> "a socket with the address " + source;
            case Request.NatLookup(InetSocketAddress client, InetSocketAddress _)
                    -> "the translation of " + client.getHostString() + " port " + client.getPort();
            case Request.OpenEcho(IpFamily family) -> "icmp echo of " + family.word();
            case Request.RunScript(ScriptRun(String path, String host, var timeout))
                    -> "script " + clean(path) + " for " + clean(host) + " timeout " + timeout.toMillis() + " ms";
            case Request.ListenControl(String path) -> "control socket " + clean(path);
            case Request.RemoveControl(String path, String _) -> "removal of control socket " + clean(path);
            case Request.OpenLog(String path) -> "access log " + clean(path);
            case Request.FollowLog(String path, String _) -> "access log " + clean(path);
            case Request.DiscardLog(String path) -> "removal of access log " + clean(path);
            case Request.OfKeys keys -> ofKeys(keys);
            case Request.OfKernel kernel -> ofKernel(kernel);
            case Request.First() -> "a first plan";
            case Request.Reload(Optional<String> file) -> "reload" + file.map(name -> " of " + clean(name)).orElse("");
        };
    }

    private static String ofKeys(Request.OfKeys request) {
        return switch (request) {
            case Request.ReadPublic(String path) -> "file " + clean(path);
            case Request.OpenKey(String path, var _) -> "key " + clean(path);
            case Request.OpenAuthority(String path, var _) -> "authority " + clean(path);
            case Request.SignLeaf(int key, var _) -> "a certificate signed by " + key;
            case Request.CloseKey(int key) -> "the end of key " + key;
            case Request.OpenKeyStream() -> "a stream of signatures";
        };
    }

    private static String ofKernel(Request.OfKernel request) {
        return switch (request) {
            case Request.OpenFilter(int plan, boolean _) -> "redirections of plan " + plan;
            case Request.ApplyFilter(List<?> round) -> "redirections: " + first(round);
            case Request.CountConnections() -> "connections of redirections that are not open";
            case Request.RebalanceFilter() -> "balance of redirections that are not open";
            case Request.CloseFilter() -> "the end of redirections";
            case Request.OpenRoutes(int plan, boolean _) -> "routers of plan " + plan;
            case Request.ApplyRoutes(List<?> round) -> "routes: " + first(round);
            case Request.RepairRoutes() -> "a look at routes that are not open";
            case Request.CloseRoutes() -> "the end of routes";
            case Request.OpenDemotion(Set<String> groups) -> "demotion of " + clean(String.join(", ", groups));
            case Request.ChangeDemotion(String group, int delta) -> "demotion of " + clean(group) + " by " + delta;
            case Request.RepairDemotion() -> "a look at demotions that are not open";
            case Request.CloseDemotion() -> "the end of demotions";
            case Request.FindFootprint() -> "what is left of others";
            case Request.SetFootprint(Set<String> groups, int plan, boolean _)
                    -> "the footprint of plan " + plan + " with " + clean(String.join(", ", groups));
            case Request.ClearFootprint() -> "the end of the footprint";
        };
    }

    private static String first(List<?> round) {
        return round.isEmpty() ? "nothing" : clean(round.getFirst().toString());
    }

    /** Makes one line of a text that a stranger has written. */
    static String clean(String text) {
        StringBuilder line = new StringBuilder();
        text.codePoints().limit(LONGEST)
                .map(letter -> Character.isISOControl(letter) || !Character.isDefined(letter)
                        || Character.getType(letter) == Character.FORMAT
                        || Character.getType(letter) == Character.LINE_SEPARATOR
                        || Character.getType(letter) == Character.PARAGRAPH_SEPARATOR
                        || Character.getType(letter) == Character.SURROGATE ? '?' : letter)
                .forEach(line::appendCodePoint);
        return line + (text.codePointCount(0, text.length()) > LONGEST ? "..." : "");
    }
}
