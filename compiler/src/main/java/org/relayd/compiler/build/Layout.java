package org.relayd.compiler.build;

import static org.relayd.compiler.build.Converters.first;
import static org.relayd.compiler.build.Converters.word;

import java.util.List;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.tree.ParseTree;
import org.antlr.v4.runtime.tree.TerminalNode;
import org.relayd.compiler.source.SourceToken;
import org.relayd.grammar.RelaydParser;
import org.relayd.grammar.RelaydParser.ListSeparatorContext;
import org.relayd.grammar.RelaydParser.OpeningBraceContext;
import org.relayd.grammar.RelaydParser.TableHostsContext;
import org.relayd.ir.diagnostic.AdviceCode;
import org.relayd.ir.diagnostic.Diagnostic;
import org.relayd.ir.diagnostic.SyntaxCode;

/**
 * Tells where newlines, commas and braces stand as OpenBSD does not take them. What is only stricter there is a
 * warning, at most one for each pair of braces.
 */
final class Layout {
    private final List<Diagnostic> diagnostics;

    Layout(List<Diagnostic> diagnostics) {
        this.diagnostics = diagnostics;
    }

    /**
     * Looks at the braces of a section. OpenBSD: the brace on the header's line; the first two options may share a
     * line, every option from the second on is ended by a newline.
     */
    void block(ParserRuleContext section) {
        int options = 0;
        boolean newline = false;
        for (int at = 0; at < section.getChildCount(); at++) {
            ParseTree child = section.getChild(at);
            if (child instanceof OpeningBraceContext brace) {
                if (!brace.NL().isEmpty()) {
                    warn(word(brace.LBRACE()), "an opening brace on a line of its own");
                }
            } else if (child instanceof TerminalNode terminal) {
                int type = terminal.getSymbol().getType();
                if (type == RelaydParser.RBRACE) {
                    closing(word(terminal), options, newline);
                }
                newline |= type == RelaydParser.NL;
            } else if (options > 0 || section.getRuleIndex() == RelaydParser.RULE_protocolBody || isOption(child)) {
                options++;
                if (options > 2 && !newline) {
                    missingNewline(first((ParserRuleContext) child));
                }
                newline = false;
            }
        }
    }

    private static boolean isOption(ParseTree child) {
        return !(child instanceof RelaydParser.NameContext);
    }

    private void closing(SourceToken brace, int options, boolean newline) {
        if (options == 0 && newline) {
            warn(brace, "empty braces on more than one line");
        } else if (options > 1 && !newline) {
            warn(brace, "a closing brace on the line of the last option");
        }
    }

    private void missingNewline(SourceToken option) {
        diagnostics.add(Diagnostic.at(SyntaxCode.SYNTAX_ERROR, option.span(), "syntax error")
                .captioned("must begin a new line").noted("only the first two options of a section may share a line"));
    }

    /** Looks at the host list of a table. OpenBSD: newlines are free, but not beside a comma. */
    void hostList(TableHostsContext list) {
        separators(list, true);
    }

    /**
     * Looks at the list of a protocol setting, if it has braces. OpenBSD: no newline at the braces or beside a comma.
     */
    void flagList(ParserRuleContext setting) {
        separators(setting, false);
    }

    private void separators(ParserRuleContext list, boolean newlinesAtBraces) {
        int last = list.getChildCount() - 1;
        boolean open = false;
        for (int at = 0; at <= last; at++) {
            ParseTree child = list.getChild(at);
            if (child instanceof TerminalNode terminal) {
                int type = terminal.getSymbol().getType();
                open |= type == RelaydParser.LBRACE;
                if (open && type == RelaydParser.NL && !newlinesAtBraces) {
                    warn(word(list.getToken(RelaydParser.LBRACE, 0)), "a newline behind the opening brace");
                    return;
                }
            } else if (child instanceof ListSeparatorContext separator && separator.getChildCount() > 0
                    && separator(separator, at == last - 1, newlinesAtBraces)) {
                return;
            }
        }
    }

    private boolean separator(ListSeparatorContext separator, boolean last, boolean newlinesAtBraces) {
        boolean comma = separator.COMMA() != null;
        boolean newline = !separator.NL().isEmpty();
        if (comma && last) {
            return warn(word(separator.COMMA()), "a comma in front of the closing brace");
        }
        if (comma && newline) {
            return warn(word(separator.COMMA()), "a comma and newline together");
        }
        return last && newline && !newlinesAtBraces
                && warn(word(separator.NL(0)), "a newline in front of the closing brace");
    }

    private boolean warn(SourceToken at, String what) {
        diagnostics.add(Diagnostic.at(AdviceCode.LAYOUT, at.span(), "not portable: OpenBSD does not accept " + what));
        return true;
    }
}
