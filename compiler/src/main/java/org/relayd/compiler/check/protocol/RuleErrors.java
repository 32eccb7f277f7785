package org.relayd.compiler.check.protocol;

import java.util.Optional;
import org.relayd.compiler.check.state.Similar;
import org.relayd.ir.diagnostic.AdviceCode;
import org.relayd.ir.diagnostic.Diagnostic;
import org.relayd.ir.diagnostic.ProtocolCode;
import org.relayd.ir.parsed.Count;
import org.relayd.ir.parsed.Text;
import org.relayd.ir.source.Span;
import org.relayd.ir.term.EntityType;

/** Messages about filter rules. relayd.conf(5): FILTER RULES. */
final class RuleErrors {
    private RuleErrors() {}

    static Diagnostic responseEntity(Span rule, EntityType type, Span entity) {
        return Diagnostic.at(ProtocolCode.RESPONSE_ENTITY, rule, "failed to load rule")
                .labelled(entity, "responses have no " + type.word());
    }

    static Diagnostic responseEntityOfFile(Text path, EntityType type, Span entity) {
        return Diagnostic.at(ProtocolCode.RESPONSE_ENTITY, path.span(), "failed to load rules from " + path.value())
                .labelled(entity, "responses have no " + type.word());
    }

    static Diagnostic unreadableFile(Text path) {
        return Diagnostic.at(ProtocolCode.KEY_FILE, path.span(), "failed to load rules from " + path.value())
                .captioned("cannot be read");
    }

    static Diagnostic invalidHost(Text address) {
        return Diagnostic.at(ProtocolCode.INVALID_PREFIX, address.span(), "invalid host " + address.value())
                .captioned("no numeric address, no interface, and the name does not resolve");
    }

    static Diagnostic invalidPrefix(Count length, int bits) {
        return Diagnostic.at(ProtocolCode.INVALID_PREFIX, length.span(), "invalid prefixlen " + length.value())
                .captioned("must be 0 to " + bits);
    }

    static Diagnostic addressFamily(Span rule) {
        return Diagnostic.at(ProtocolCode.RULE_ADDRESS_FAMILY, rule, "address family mismatch");
    }

    static Diagnostic unknownMethod(Text method, boolean knownInUpperCase) {
        Diagnostic error = Diagnostic.at(ProtocolCode.UNKNOWN_METHOD, method.span(),
                "unknown HTTP method currently not supported");
        return knownInUpperCase ? error.helped("methods are written in upper case") : error;
    }

    static Diagnostic optionForType(Span entity, EntityType type) {
        return Diagnostic.at(ProtocolCode.OPTION_FOR_TYPE, entity,
                "combining " + type.word() + " type and the given option is not supported");
    }

    static Diagnostic invalidDigest(Text digest) {
        return ActionErrors.invalidDigest(digest);
    }

    static Diagnostic digestOfNothing(Text digest) {
        return ActionErrors.digestOfNothing(digest);
    }

    static Diagnostic undefinedTable(Text table, Optional<Similar> similar) {
        Diagnostic error = Diagnostic.at(ProtocolCode.UNKNOWN_FORWARD_TABLE, table.span(), "undefined forward table")
                .captioned("not defined above this line");
        return similar.map(meant -> error.labelled(meant.definition(), "similar name defined here")
                .helped("write <" + meant.name() + ">, or define <" + table.value() + "> above this protocol"))
                .orElse(error);
    }

    /** {@code what} is {@code tag}, {@code tagged} or {@code label}. */
    static Diagnostic alreadyDefined(String what, Span second) {
        return Diagnostic.at(ProtocolCode.MARKING_TWICE, second, what + " already defined");
    }

    static Diagnostic invalidMarking(String what, Text text) {
        return Diagnostic.at(ProtocolCode.MARKING_TEXT, text.span(), "invalid " + what).captioned("is empty");
    }

    static Diagnostic markingTooLong(String what, Text text, int limit) {
        return Diagnostic.at(ProtocolCode.MARKING_TEXT, text.span(), what + " truncated")
                .captioned("longer than " + limit + " bytes");
    }

    static Diagnostic nothingToClear(String what, Span option) {
        return Diagnostic.at(ProtocolCode.NOTHING_TO_CLEAR, option, "no " + what + " defined")
                .captioned("no rule above sets a " + what);
    }

    static Diagnostic secondFile(Text path) {
        return Diagnostic.at(ProtocolCode.SECOND_KEY_FILE, path.span(), "only one file per rule supported");
    }

    static Diagnostic strip(Count components) {
        return Diagnostic.at(ProtocolCode.STRIP_RANGE, components.span(), "invalid strip value: " + components.value())
                .captioned("must be 0 to 2147483647");
    }

    static Diagnostic malformedPattern(Text pattern, String reason) {
        return Diagnostic.at(ProtocolCode.INVALID_PATTERN, pattern.span(), "invalid pattern: " + reason);
    }

    static Diagnostic nameToWrite(Span entity, EntityType type, String key) {
        return Diagnostic.at(ProtocolCode.NAME_TO_WRITE, entity, "cannot write a " + type.word() + " named " + key)
                .captioned("fits several names; one is written")
                .helped("write the whole name here; remove takes wildcards");
    }

    static Diagnostic entityWithoutKey(Span entity, EntityType type) {
        return Diagnostic.at(AdviceCode.ENTITY_WITHOUT_KEY, entity, type.word() + " without a key matches any");
    }
}
