package org.relayd.ir.diagnostic;

/**
 * Stable name of one kind of diagnostic, explained by {@code relayd-compile explain-code}. The kinds are enums, one per part of
 * the language, so that each part keeps its own list. Codes are never renumbered: scripts and silencing comments name them.
 */
public sealed interface DiagnosticCode permits SourceCode, SyntaxCode, TableCode, RedirectCode, RelayCode, ProtocolCode,
        RouterCode, GlobalCode, TargetCode, AdviceCode {

    /** Returns the code as printed, a letter (E or W) and four digits. */
    String id();

    /** Returns the weight of all diagnostics of this code. */
    Severity severity();

    /** Returns the section of relayd.conf(5) that has the rule. */
    String section();

    /**
     * Returns whether OpenBSD's relayd has this message. {@code --diagnostics classic} shows no others, except errors: a refusal must
     * say why.
     */
    default boolean isClassic() {
        return severity() == Severity.ERROR;
    }

    /** Returns one paragraph for people: what is wrong, why it matters, what to write instead. */
    String explanation();
}
