package org.relayd.compiler.check.section;

import org.relayd.ir.diagnostic.AdviceCode;
import org.relayd.ir.diagnostic.Diagnostic;
import org.relayd.ir.diagnostic.RedirectCode;
import org.relayd.ir.parsed.Text;
import org.relayd.ir.source.Span;

/** Messages about redirections. relayd.conf(5): REDIRECTIONS. */
final class RedirectErrors {
    private RedirectErrors() {}

    static Diagnostic definedTwice(Text name, Span first) {
        return Diagnostic.at(RedirectCode.REDIRECT_DEFINED_TWICE, name.span(),
                "redirection " + name.value() + " defined twice").captioned("second definition")
                .labelled(first, "first defined here");
    }

    static Diagnostic nameTooLong(Text name) {
        return Diagnostic.at(RedirectCode.REDIRECT_NAME_TOO_LONG, name.span(), "redirection name truncated")
                .captioned("longer than 63 bytes");
    }

    static Diagnostic nameTooLongForPf(Text name) {
        return Diagnostic.at(AdviceCode.LONG_REDIRECT_NAME, name.span(),
                "redirection name is too long for a table of pf").captioned("longer than 31 bytes");
    }

    static Diagnostic invalidVirtualIp(Text address) {
        return Diagnostic.at(RedirectCode.INVALID_VIRTUAL_IP, address.span(), "invalid virtual ip: " + address.value())
                .captioned("no numeric address, no interface, and the name does not resolve");
    }

    static Diagnostic interfaceOfAddressTooLong(Text address, Text interfaceName) {
        return Diagnostic.at(RedirectCode.INTERFACE_NAME_TOO_LONG, address.span(),
                "invalid virtual ip: " + address.value()).labelled(interfaceName.span(), "longer than 15 bytes");
    }

    /** What the original logs in front of {@link #interfaceOfAddressTooLong}. */
    static Diagnostic interfaceNameTruncated() {
        return Diagnostic.global(RedirectCode.INTERFACE_NAME_TOO_LONG, "host: interface name truncated");
    }

    static Diagnostic interfaceTooLong(Text name) {
        return Diagnostic.at(RedirectCode.INTERFACE_NAME_TOO_LONG, name.span(), "interface name truncated")
                .captioned("longer than 15 bytes");
    }

    static Diagnostic interfaceWithName(Text address) {
        return Diagnostic.at(AdviceCode.NOT_PORTABLE, address.span(),
                "OpenBSD takes numeric addresses only in a listen line with an interface");
    }

    static Diagnostic unknownProtocol(Text protocol) {
        return Diagnostic.at(RedirectCode.UNKNOWN_IP_PROTOCOL, protocol.span(),
                "invalid protocol: " + protocol.value()).captioned("not found in protocols(5)");
    }

    static Diagnostic tableWithoutCheck(String table, Span use) {
        return Diagnostic.at(RedirectCode.TABLE_WITHOUT_CHECK, use, "table " + table + " has no check")
                .helped("add a check, such as: check tcp");
    }

    static Diagnostic thirdTable(Span use, Span backup) {
        return Diagnostic.at(RedirectCode.TOO_MANY_TABLES, use, "only one backup table is allowed")
                .captioned("third table").labelled(backup, "backup table");
    }

    static Diagnostic backupMode(String redirect, Span backup, Span main, String modes) {
        return Diagnostic.at(RedirectCode.BACKUP_MODE, backup,
                "backup table for " + redirect + " with different mode").labelled(main, "main table").noted(modes);
    }

    static Diagnostic backupPort(Text redirect, Span closing, DerivedPort main, DerivedPort backup) {
        return Diagnostic.at(RedirectCode.BACKUP_PORT, closing,
                "redirection " + redirect.value() + " uses two different ports for its table and backup table")
                .labelled(main.place(), "port " + main.port()).labelled(backup.place(), "port " + backup.port());
    }

    /** Port of a table and where the table is named. */
    record DerivedPort(int port, Span place) {}

    static Diagnostic withoutTable(Text redirect, Span closing) {
        return Diagnostic.at(RedirectCode.REDIRECT_WITHOUT_TABLE, closing,
                "redirection " + redirect.value() + " has no table")
                .helped("add a line such as: forward to <table> port 80 check tcp");
    }

    static Diagnostic withoutListener(Text redirect, Span closing) {
        return Diagnostic.at(RedirectCode.REDIRECT_WITHOUT_LISTENER, closing,
                "redirection " + redirect.value() + " has no virtual ip")
                .helped("add a line such as: listen on 192.0.2.1 port 80");
    }

    static Diagnostic noTransparentForward(Span line) {
        return Diagnostic.at(RedirectCode.NO_TRANSPARENT_FORWARD, line, "no transparent forward here")
                .helped("write forward to: hosts see the client address anyway");
    }

    static Diagnostic superfluousInterface(Text name) {
        return Diagnostic.at(RedirectCode.SUPERFLUOUS_INTERFACE, name.span(), "superfluous interface")
                .helped("leave it out, or write route to");
    }

    static Diagnostic missingRouteInterface(Span line) {
        return Diagnostic.at(RedirectCode.MISSING_INTERFACE, line, "missing interface to route to")
                .helped("name the interface that packets leave through: interface em0");
    }

    static Diagnostic tagTooLong(Text tag) {
        return Diagnostic.at(RedirectCode.TAG_TOO_LONG, tag.span(), "redirection tag name truncated")
                .captioned("longer than 63 bytes");
    }
}
