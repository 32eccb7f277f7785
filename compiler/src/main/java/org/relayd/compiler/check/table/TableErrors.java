package org.relayd.compiler.check.table;

import org.relayd.ir.diagnostic.AdviceCode;
import org.relayd.ir.diagnostic.Diagnostic;
import org.relayd.ir.diagnostic.TableCode;
import org.relayd.ir.parsed.Count;
import org.relayd.ir.parsed.Text;
import org.relayd.ir.source.Span;

/** Messages about table definitions and their hosts. relayd.conf(5): TABLES. */
final class TableErrors {
    private TableErrors() {}

    static Diagnostic definedTwice(Text name, Span first) {
        return Diagnostic.at(TableCode.TABLE_DEFINED_TWICE, name.span(), "table " + name.value() + " defined twice")
                .captioned("second definition").labelled(first, "first defined here");
    }

    static Diagnostic nameTooLong(Text name) {
        return Diagnostic.at(TableCode.TABLE_NAME_TOO_LONG, name.span(), "invalid table name")
                .captioned("longer than 63 bytes");
    }

    /** The name of a use, {@code NAME:PORT}; the original's spelling. */
    static Diagnostic useNameTooLong(Text name, String derived) {
        return Diagnostic.at(TableCode.TABLE_NAME_TOO_LONG, name.span(), "invalid table mame")
                .captioned("with its port the name is longer than 63 bytes")
                .noted("the use of this table would be called " + derived);
    }

    static Diagnostic useNameCut(Text name, String cut) {
        return Diagnostic.at(AdviceCode.VALUE_CUT, name.span(),
                "table name is too long with its port, " + cut + " is used");
    }

    static Diagnostic withoutHosts(Text name, Span end) {
        return Diagnostic.at(TableCode.TABLE_WITHOUT_HOSTS, end, "table " + name.value() + " has no hosts")
                .helped("list its hosts in braces: table <" + name.value() + "> { 192.0.2.1, 192.0.2.2 }");
    }

    static Diagnostic invalidHost(Text host) {
        return Diagnostic.at(TableCode.INVALID_HOST, host.span(), "invalid host " + host.value())
                .captioned("no numeric address, no interface, and the name does not resolve");
    }

    static Diagnostic hostNameTooLong(Text host) {
        return Diagnostic.at(TableCode.INVALID_HOST, host.span(), "host name truncated")
                .captioned("longer than 255 bytes");
    }

    static Diagnostic invalidOption(String option, long value, Count count) {
        return Diagnostic.at(TableCode.HOST_OPTION_RANGE, count.span(), "invalid " + option + " value: " + value)
                .captioned(option.equals("priority") ? "must be 0 to 63" : "must be 0 or more");
    }

    /** {@code what} is the original's: it leaves out the word "value" for priorities. */
    static Diagnostic optionTwice(String what, Span second, Span first) {
        return Diagnostic.at(TableCode.HOST_OPTION_TWICE, second, what + " already set").captioned("second time")
                .labelled(first, "first set here");
    }

    static Diagnostic invalidParent(int parent, Span option, String reason) {
        return Diagnostic.global(TableCode.INVALID_PARENT, "host parent id " + parent + " invalid")
                .labelled(option, reason)
                .helped("ids count the hosts of all uses of tables, in the order of the forward lines");
    }

    static Diagnostic colonInName(Text name) {
        return Diagnostic.at(AdviceCode.COLON_IN_TABLE_NAME, name.span(),
                "table name " + name.value() + " looks like the use of a table on a port");
    }

    static Diagnostic valueCut(Count count, long kept) {
        return Diagnostic.at(AdviceCode.VALUE_CUT, count.span(), count.value() + " does not fit, " + kept + " is used");
    }

    static Diagnostic outsideTtl(Count count) {
        return Diagnostic
                .at(AdviceCode.VALUE_CUT, count.span(), "ttl " + count.value() + " is more than a packet can have")
                .captioned("a packet makes 255 hops at most");
    }
}
