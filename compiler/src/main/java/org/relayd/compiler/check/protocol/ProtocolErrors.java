package org.relayd.compiler.check.protocol;

import org.relayd.ir.diagnostic.AdviceCode;
import org.relayd.ir.diagnostic.Diagnostic;
import org.relayd.ir.diagnostic.ProtocolCode;
import org.relayd.ir.parsed.Count;
import org.relayd.ir.parsed.Text;
import org.relayd.ir.source.Span;

/** Messages about protocols and their settings. relayd.conf(5): PROTOCOLS. */
final class ProtocolErrors {
    private ProtocolErrors() {}

    static Diagnostic definedTwice(Text name, Span first) {
        return Diagnostic.at(ProtocolCode.PROTOCOL_DEFINED_TWICE, name.span(),
                "protocol " + name.value() + " defined twice").captioned("second definition")
                .labelled(first, "first defined here");
    }

    static Diagnostic builtIn(Text name) {
        return Diagnostic.at(ProtocolCode.PROTOCOL_DEFINED_TWICE, name.span(),
                "protocol " + name.value() + " defined twice").captioned("the name of the built-in protocol");
    }

    static Diagnostic nameTooLong(Text name) {
        return Diagnostic.at(ProtocolCode.PROTOCOL_NAME_TOO_LONG, name.span(), "protocol name truncated")
                .captioned("longer than 63 bytes");
    }

    static Diagnostic invalidType(Text word) {
        return Diagnostic.at(ProtocolCode.INVALID_PROTOCOL_TYPE, word.span(), "invalid protocol type: " + word.value())
                .captioned("tcp, http or dns");
    }

    static Diagnostic mixed(Span rule, Span action) {
        return Diagnostic
                .at(ProtocolCode.MIXED_DIALECTS, rule, "filter rules and actions of dialect 5.1 in one protocol")
                .captioned("rule of the current dialect").labelled(action, "action of dialect 5.1");
    }

    /** {@code settings} is {@code tls} or {@code tcp}. */
    static Diagnostic notInDns(Span setting, String settings) {
        return Diagnostic.at(ProtocolCode.NOT_IN_DNS_PROTOCOL, setting,
                "can set " + settings + " options only for tcp or http protocols");
    }

    static Diagnostic withoutEffectInDns(Span setting) {
        return Diagnostic.at(AdviceCode.NO_EFFECT, setting,
                "a dns protocol has no connections that this could apply to");
    }

    static Diagnostic httpOnly(Span setting) {
        return Diagnostic.at(ProtocolCode.HTTP_PROTOCOL_ONLY, setting, "can set http options only for http protocol")
                .helped("begin the section with: http protocol");
    }

    static Diagnostic headerLength(Count bytes) {
        return Diagnostic.at(ProtocolCode.HEADER_LENGTH_RANGE, bytes.span(), "invalid headerlen: " + bytes.value())
                .captioned("must be 0 to 131072");
    }

    /** {@code what} is {@code backlog}, {@code socket buffer size}, {@code ttl} or {@code minttl}. */
    static Diagnostic tcpRange(String what, Count count, String range) {
        return Diagnostic.at(ProtocolCode.TCP_VALUE_RANGE, count.span(), "invalid " + what + ": " + count.value())
                .captioned("must be " + range);
    }

    static Diagnostic largeBacklog(Count connections, int portable) {
        return Diagnostic.at(AdviceCode.NOT_PORTABLE, connections.span(),
                "OpenBSD takes a backlog of " + portable + " at most");
    }

    static Diagnostic hopsCut(Count hops, int kept) {
        return Diagnostic.at(AdviceCode.VALUE_CUT, hops.span(), hops.value() + " does not fit, " + kept + " is used")
                .captioned("must be 1 to 255");
    }

    static Diagnostic invalidTcpFlag(Text name) {
        return Diagnostic.at(ProtocolCode.INVALID_TCP_FLAG, name.span(), "invalid TCP/IP flag: " + name.value())
                .captioned("ttl or minttl");
    }

    static Diagnostic bareTtl(Span word) {
        return Diagnostic.at(AdviceCode.NOT_PORTABLE, word, "OpenBSD takes ttl in quotes only")
                .helped("write: ip \"ttl\"");
    }

    static Diagnostic leakingLabel(Span action, Span label) {
        return Diagnostic.at(AdviceCode.LABEL_LEAK, action, "in OpenBSD the label of the protocol above holds here too")
                .labelled(label, "not ended by no label");
    }
}
