package org.relayd.ir.diagnostic;

import java.util.ArrayList;
import java.util.List;

/**
 * Stable name of one kind of diagnostic, explained by {@code relayd-compile explain-code}. The kinds are enums, one per
 * part of the language, so that each part keeps its own list. Codes are never renumbered: scripts and silencing
 * comments name them.
 */
public sealed interface DiagnosticCode permits SourceCode, SyntaxCode, TableCode, RedirectCode, RelayCode, ProtocolCode,
        RouterCode, GlobalCode, TargetCode, AdviceCode {

    /** Returns all codes, those of each part of the language together. */
    static List<DiagnosticCode> all() {
        List<DiagnosticCode> codes = new ArrayList<>();
        for (DiagnosticCode[] part : new DiagnosticCode[][]{SourceCode.values(), SyntaxCode.values(),
                TableCode.values(),
                RedirectCode.values(), RelayCode.values(), ProtocolCode.values(), RouterCode.values(),
                GlobalCode.values(),
                TargetCode.values(), AdviceCode.values()}) {
            codes.addAll(List.of(part));
        }
        return List.copyOf(codes);
    }

    /**
     * What is known of a code.
     *
     * @param id
     *            the code as printed, a letter (E or W) and four digits
     * @param severity
     *            the weight of all its diagnostics
     * @param section
     *            the section of relayd.conf(5) that has the rule
     * @param explanation
     *            one paragraph for people: what is wrong, why it matters, what to write instead
     */
    record Entry(String id, Severity severity, String section, String explanation) {}

    /** Returns what is known of this code. */
    Entry entry();

    /** Returns the code as printed. */
    default String id() {
        return entry().id();
    }

    /** Returns the weight of all diagnostics of this code. */
    default Severity severity() {
        return entry().severity();
    }

    /** Returns the section of relayd.conf(5) that has the rule. */
    default String section() {
        return entry().section();
    }

    /** Returns the paragraph for people. */
    default String explanation() {
        return entry().explanation();
    }

    /**
     * Returns whether OpenBSD's relayd has this message. {@code --diagnostics classic} shows no others, except errors:
     * a refusal must say why.
     */
    default boolean isClassic() {
        // Of an error nobody has to ask which part of the language it belongs to, which would load all parts.
        return severity() == Severity.ERROR || switch (this) {
            case SourceCode _ -> true;
            case AdviceCode code -> code == AdviceCode.UNUSED_PROTOCOL || code == AdviceCode.MORE_ADDRESSES
                    || code == AdviceCode.SSL_KEYWORD;
            case SyntaxCode _,TableCode _,RedirectCode _,RelayCode _,ProtocolCode _,RouterCode _,GlobalCode _,TargetCode _
                    -> false;
        };
    }
}
