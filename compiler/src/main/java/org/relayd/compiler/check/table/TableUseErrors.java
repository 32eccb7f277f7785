package org.relayd.compiler.check.table;

import org.relayd.ir.term.SchedulingMode;
import org.relayd.compiler.source.SimilarNames;
import java.util.stream.Stream;
import java.util.List;
import java.util.Optional;
import org.relayd.compiler.check.state.Similar;
import org.relayd.ir.diagnostic.AdviceCode;
import org.relayd.ir.diagnostic.Diagnostic;
import org.relayd.ir.diagnostic.TableCode;
import org.relayd.ir.parsed.Count;
import org.relayd.ir.parsed.Text;
import org.relayd.ir.source.Span;

/** Messages about tables in forward lines: port, check, times, mode. relayd.conf(5): TABLES. */
final class TableUseErrors {
    private TableUseErrors() {}

    /**
     * @param similar
     *            the nearest name that is defined, with its definition
     * @param refusedAbove
     *            whether a table of this name stands above and was refused
     */
    static Diagnostic unknownTable(Text name, Optional<Similar> similar, boolean refusedAbove) {
        Diagnostic error = Diagnostic.at(TableCode.UNKNOWN_TABLE, name.span(), "unknown table " + name.value())
                .captioned(refusedAbove ? "its definition above was refused" : "not defined above this line");
        if (refusedAbove || similar.isEmpty()) {
            return error;
        }
        return error.labelled(similar.get().definition(), "similar name defined here")
                .helped("write <" + similar.get().name() + ">, or define <" + name.value() + "> above this line");
    }

    static Diagnostic noPort(Span table, boolean listenBelow) {
        Diagnostic error = Diagnostic.at(TableCode.TABLE_PORT, table, "invalid port")
                .captioned("no port is known here");
        return listenBelow ? error.helped("move the listen line above, or write the port: port 80")
                : error.helped("write the port: port 80");
    }

    static Diagnostic invalidTimeout(Count milliseconds) {
        return Diagnostic.at(TableCode.INVALID_TIMEOUT, milliseconds.span(), "invalid timeout: " + milliseconds.value())
                .captioned("must be 0 ms or more");
    }

    static Diagnostic interval(Count seconds, long global) {
        Diagnostic error = Diagnostic.at(TableCode.TABLE_INTERVAL, seconds.span(),
                "table interval must be divisible by global interval");
        return global == 0 ? error.captioned("the global interval is 0")
                : error.captioned("no multiple of the global interval of " + global + " s");
    }

    static Diagnostic timeoutExceedsInterval(String table, Span use, long timeout, long interval) {
        return Diagnostic.global(TableCode.TIMEOUT_EXCEEDS_INTERVAL, "table timeout exceeds interval: " + table)
                .labelled(use, "timeout " + timeout + " ms, global interval " + interval + " s");
    }

    static Diagnostic unusedTable(String table, Span use) {
        return Diagnostic.global(TableCode.UNUSED_TABLE, "unused table: " + table)
                .labelled(use, "this statement was refused");
    }

    static Diagnostic invalidHttpCode(Count code, int value) {
        return Diagnostic.at(TableCode.INVALID_HTTP_CODE, code.span(), "invalid HTTP code: " + value)
                .captioned("must be 1 or more");
    }

    static Diagnostic invalidDigest(Text digest) {
        return Diagnostic.at(TableCode.INVALID_DIGEST, digest.span(), "invalid http digest")
                .captioned(digest.value().length() + " characters; 40 for SHA1 or 32 for MD5 are needed");
    }

    static Diagnostic digestOfNothing(Text digest) {
        return Diagnostic.at(AdviceCode.NO_EFFECT, digest.span(), "no body has this digest")
                .captioned("hexadecimal digits are needed, in lower case");
    }

    static Diagnostic invalidCheckType(Text word) {
        return Diagnostic.at(TableCode.INVALID_CHECK_TYPE, word.span(), "invalid check type: " + word.value())
                .captioned("http or https");
    }

    static Diagnostic expectTooLong(Text expect, int limit) {
        return Diagnostic.at(TableCode.EXPECT_TOO_LONG, expect.span(), "yyparse: expect buffer truncated")
                .captioned("longer than " + limit + " bytes");
    }

    static Diagnostic binaryExpectTooLong(Text expect) {
        return Diagnostic.at(TableCode.EXPECT_TOO_LONG, expect.span(), "expect buffer truncated")
                .captioned("longer than 255 hex digits");
    }

    static Diagnostic scriptPathTooLong(Text path) {
        return Diagnostic.at(TableCode.SCRIPT_PATH_TOO_LONG, path.span(), "script path truncated")
                .captioned("longer than 1023 bytes");
    }

    /** {@code side} is {@code send} or {@code expect}. */
    static Diagnostic emptyBinary(String side, Text data) {
        return Diagnostic.at(TableCode.EMPTY_BINARY, data.span(), "empty binary " + side + " data");
    }

    static Diagnostic invalidBinarySend(Text data) {
        return Diagnostic.at(TableCode.INVALID_BINARY, data.span(), "failed in binary send data")
                .captioned("not made of pairs of hex digits");
    }

    static Diagnostic invalidBinaryExpect(Text data) {
        return Diagnostic.at(TableCode.INVALID_BINARY, data.span(), "failed in binary expect data buffer")
                .captioned("not made of pairs of hex digits, or more than 127 bytes");
    }

    static Diagnostic invalidDnsName(Text name) {
        return Diagnostic.at(TableCode.INVALID_DNS_NAME, name.span(), "invalid dns name: " + name.value())
                .captioned("labels of 1 to 63 letters, digits, - and _ are needed, 253 characters at most");
    }

    static Diagnostic invalidDnsAddress(Text address) {
        return Diagnostic.at(TableCode.INVALID_DNS_ADDRESS, address.span(), "invalid address: " + address.value())
                .captioned("a numeric IPv4 or IPv6 address is needed");
    }

    static Diagnostic demoteGroupTooLong(Text group) {
        return Diagnostic.at(TableCode.DEMOTE_GROUP_TOO_LONG, group.span(), "yyparse: demote group name too long")
                .captioned("longer than 15 bytes");
    }

    /** What the system call says, in front of {@link #demoteGroup}. */
    static Diagnostic noDemoteGroup(Text group) {
        return Diagnostic.global(TableCode.UNKNOWN_DEMOTE_GROUP,
                "carp_demote_get: group \"" + group.value() + "\" does not exist");
    }

    static Diagnostic demoteGroup(Text group) {
        return Diagnostic.at(TableCode.UNKNOWN_DEMOTE_GROUP, group.span(),
                "yyparse: error initializing group '" + group.value() + "'").captioned("no such interface group");
    }

    /** {@code section} is {@code redirections} or {@code relays}. */
    static Diagnostic modeNotSupported(Span mode, String section, List<String> supported) {
        return Diagnostic.at(TableCode.MODE_NOT_SUPPORTED, mode, "mode not supported for " + section)
                .helped("modes for " + section + " are " + String.join(", ", supported));
    }

    static Diagnostic keyNotSupported(Text key) {
        List<String> modes = Stream.of(SchedulingMode.values()).map(SchedulingMode::word).toList();
        return Diagnostic.at(TableCode.HASH_KEY_NOT_SUPPORTED, key.span(), "key not supported by mode")
                .captioned("read as a hash key").helped(SimilarNames.nearest(key.value(), modes)
                        .map(mode -> "write " + mode)
                        .orElse("keys belong to the modes hash, loadbalance and source-hash"));
    }

    static Diagnostic keyTwice(Text key) {
        return Diagnostic.at(TableCode.HASH_KEY_TWICE, key.span(), "key already specified");
    }

    static Diagnostic keyLength(Text key) {
        return Diagnostic.at(TableCode.HASH_KEY_HEX, key.span(), "hex key must be 128 bits (32 hex digits) long")
                .captioned((key.value().length() - 2) + " digits");
    }

    static Diagnostic keyDigits(Text key) {
        return Diagnostic.at(TableCode.HASH_KEY_HEX, key.span(), "invalid hex key").captioned("not all are hex digits");
    }

    static Diagnostic carriedMode(Span table, String mode, Span from) {
        return Diagnostic.at(AdviceCode.CARRIED_MODE, table, "mode " + mode + " is taken over from the line above")
                .labelled(from, "written here").helped("write the mode");
    }

    static Diagnostic carriedModeDropped(Span table, String mode, Span from) {
        return Diagnostic.at(AdviceCode.CARRIED_MODE, table, "mode " + mode + " from the line above does not work here")
                .labelled(from, "written here").helped("write the mode");
    }
}
