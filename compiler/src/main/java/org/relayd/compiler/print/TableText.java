package org.relayd.compiler.print;

import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;
import org.relayd.compiler.words.Keyword;
import org.relayd.ir.config.GlobalSettings;
import org.relayd.ir.config.HashKey;
import org.relayd.ir.config.HealthCheck;
import org.relayd.ir.config.Host;
import org.relayd.ir.config.NamedTable.Member;
import org.relayd.ir.config.NamedTable;
import org.relayd.ir.config.Table;
import org.relayd.ir.config.TableId;
import org.relayd.ir.net.DnsName;
import org.relayd.ir.net.IpAddress;
import org.relayd.ir.net.Port;
import org.relayd.ir.term.SchedulingMode;

/** Writes tables: the template once, and each use with what makes the derived table. relayd.conf(5): TABLES. */
final class TableText {
    private static final Pattern WORD = Pattern.compile("[a-zA-Z_][a-zA-Z0-9_-]*");
    private final ConfText text;
    private final GlobalSettings globals;
    private final Set<String> templates = new HashSet<>();
    private final Set<TableId> written = new HashSet<>();

    TableText(ConfText text, GlobalSettings globals) {
        this.text = text;
        this.globals = globals;
    }

    /** Writes the table of the file that a derived table comes from, unless it stands already. */
    void template(Table table) {
        if (!templates.add(table.template())) {
            return;
        }
        text.open("table " + reference(table.template()) + (table.disabled() ? " disable" : ""));
        for (Host host : table.hosts()) {
            text.line(host(host));
        }
        text.close();
    }

    /** Writes a table that only rules name. */
    void named(NamedTable table) {
        text.open("table " + reference(table.name()) + (table.disabled() ? " disable" : ""));
        table.members().forEach(member -> text.line(member(member)));
        text.close();
    }

    private String host(Host host) {
        return member(new Member(host.name(),
                host.parent().map(parent -> OptionalInt.of(parent.number())).orElse(OptionalInt.empty()),
                host.retry(), host.ttl(), host.priority()));
    }

    private String member(Member member) {
        StringBuilder words = new StringBuilder(text.quoted(member.name()));
        member.parent().ifPresent(parent -> words.append(" parent ").append(parent));
        if (member.retry() != 0) {
            words.append(" retry ").append(member.retry());
        }
        member.priority().ifPresent(priority -> words.append(" priority ").append(priority));
        member.ttl().ifPresent(ttl -> words.append(" ip ttl ").append(ttl));
        return words.toString();
    }

    /** Returns a table name in angle brackets. */
    String reference(String name) {
        return "<" + (WORD.matcher(name).matches() && !Keyword.isReserved(name) ? name : text.quoted(name)) + ">";
    }

    /**
     * Returns table and options of a forward line.
     *
     * @param listenPort
     *            the port that the hosts get if none stands there; empty where that is known to be theirs
     */
    String use(Table table, Optional<Port> listenPort, SchedulingMode mode, Optional<HashKey> key) {
        StringBuilder words = new StringBuilder(reference(table.template()));
        if (table.explicitPort() || listenPort.filter(port -> !port.equals(table.port())).isPresent()) {
            words.append(" port ").append(table.port());
        }
        // A second use shares the derived table only if it names its timeout: see relayd.conf(5), TABLES.
        boolean again = !written.add(table.id());
        if (again || !table.timeout().equals(globals.timeout())) {
            words.append(" timeout ").append(table.timeout().toMillis());
        }
        if (!table.interval().equals(globals.interval())) {
            words.append(" interval ").append(seconds(table.interval()));
        }
        table.demoteGroup().ifPresent(group -> words.append(" demote ").append(text.quoted(group)));
        if (mode != SchedulingMode.ROUNDROBIN || key.isPresent()) {
            words.append(" mode ").append(mode.word());
            key.ifPresent(k -> words.append(' ').append(text.quoted(k.text())));
        }
        table.check().ifPresent(check -> words.append(" check ").append(check(check)));
        // One option at least is mandatory.
        return words.indexOf(" ") < 0 ? words.append(" mode roundrobin").toString() : words.toString();
    }

    private static long seconds(Duration duration) {
        return duration.toSeconds();
    }

    private String check(HealthCheck check) {
        return switch (check) {
            case HealthCheck.Icmp() -> "icmp";
            case HealthCheck.TcpConnect() -> "tcp";
            case HealthCheck.TlsHandshake() -> "tls";
            case HealthCheck.HttpCode(boolean tls, String path, Optional<String> host, int code)
                    -> http(tls, path, host) + " code " + code;
            case HealthCheck.HttpDigest(boolean tls, String path, Optional<String> host, var digest)
                    -> http(tls, path, host) + " digest " + text.quoted(digest.text());
            case HealthCheck.SendExpect(boolean tls, Optional<String> send, String expect)
                    -> "send " + data(send) + " expect " + text.quoted(escaped(expect)) + (tls ? " tls" : "");
            case HealthCheck.BinarySendExpect(boolean tls, Optional<String> send, String expect)
                    -> "binary send " + data(send) + " expect " + text.quoted(expect) + (tls ? " tls" : "");
            case HealthCheck.Script(String path) -> "script " + text.quoted(path);
            case HealthCheck.Dns(DnsName name, IpAddress address)
                    -> "dns " + text.quoted(name.text()) + " expect " + address;
        };
    }

    private String http(boolean tls, String path, Optional<String> host) {
        return (tls ? "https " : "http ") + text.quoted(path) + host.map(h -> " host " + text.quoted(h)).orElse("");
    }

    private String data(Optional<String> send) {
        return send.map(text::quoted).orElse("nothing");
    }

    /** The escapes of an expect pattern are resolved when it is read; a backslash left in it was written twice. */
    private static String escaped(String expect) {
        return expect.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r");
    }
}
