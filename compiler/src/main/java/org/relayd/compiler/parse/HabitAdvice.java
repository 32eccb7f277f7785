package org.relayd.compiler.parse;

import static org.relayd.grammar.RelaydParser.*;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.antlr.v4.runtime.ParserRuleContext;
import org.relayd.compiler.source.PageAddress;
import org.relayd.compiler.source.SourceToken;

/** Advice for what people write out of habit: words of other places, of other programs, and of other releases. */
final class HabitAdvice {
    /** The advice for curly quotes, which is given once for a file. */
    static final String CURLY = "these are curly quotes: write \" in their place, here and below";

    private static final String CURLY_QUOTES = "\u201c\u201d\u201e\u201f\u2018\u2019\u201a\u00ab\u00bb";
    private static final Set<Integer> MODES = Set.of(ROUNDROBIN, LOADBALANCE, HASH, LEAST_STATES, SOURCE_HASH, RANDOM);
    private static final Set<Integer> OF_PROTOCOLS = Set.of(TLS, SSL, TCP, HTTP, MATCH, PASS, BLOCK, RETURN, REQUEST,
            RESPONSE, HEADER, COOKIE, URL, QUERY, PATH, LABEL);
    private static final Set<String> OF_PF_TABLES = Set.of("const", "persist", "counters");
    private static final Set<String> PROTOCOL_TYPES = Set.of("tcp", "http", "dns");
    private static final Pattern HOSTSTATED = Pattern
            .compile("(?m)^[ \t]*(?:service[ \t]+\\S+[ \t]*\\{|real[ \t]+port[ \t]|virtual[ \t]+(?:host|ip)[ \t])");

    private HabitAdvice() {}

    /**
     * Returns advice on a word.
     *
     * @param context
     *            the rule that failed
     * @param previous
     *            the word in front of it in the same statement
     */
    static Optional<String> about(ParserRuleContext context, SourceToken offending, Optional<SourceToken> previous) {
        int before = previous.map(SourceToken::getType).orElse(NL);
        String text = offending.getText();
        if (isCurly(offending)) {
            return Optional.of(CURLY);
        } else if (before == ON && text.startsWith("*")) {
            return Optional.of("write 0.0.0.0 for every IPv4 address, :: for every IPv6 address");
        } else if (before == RETURN && context.getRuleIndex() != RULE_errorStyle && isStatus(text)) {
            return Optional
                    .of("a rule cannot choose the status of an answer; pages come with return error in the protocol");
        } else if (text.equals("labeled") || text.equals("labelled")) {
            return Optional.of("rules ask for tags, not for labels: tag NAME sets one, tagged NAME asks for it");
        } else if (before == LOG && offending.getType() == STYLE) {
            return Optional.of("a style belongs to return error; log has state changes, host checks and connection");
        } else if (offending.getType() == SLASH && previous.isPresent()) {
            return page(context, offending, previous.get());
        }
        return place(context, offending, previous).or(() -> hoststated(offending, previous));
    }

    /** Returns whether a word begins with a quote of a word processor. */
    static boolean isCurly(SourceToken word) {
        return word.getType() == UNKNOWN && CURLY_QUOTES.indexOf(word.getText().charAt(0)) >= 0;
    }

    private static Optional<String> place(ParserRuleContext context, SourceToken offending,
            Optional<SourceToken> previous) {
        int type = offending.getType();
        int before = previous.map(SourceToken::getType).orElse(NL);
        boolean begins = before == NL || before == LBRACE;
        int section = context.getRuleIndex();
        if (MODES.contains(type) && before != MODE && (section == RULE_relay || section == RULE_redirect)) {
            return Optional.of("write mode " + offending.getText());
        } else if (begins && OF_PROTOCOLS.contains(type) && (section == RULE_relay || section == RULE_relayOption)) {
            return Optional.of("this belongs into a protocol; the relay names it with: protocol NAME");
        } else if (type == LBRACE && previous.isPresent() && PROTOCOL_TYPES.contains(previous.get().getText())) {
            return Optional.of("write " + previous.get().getText() + " protocol NAME {");
        } else if (before == SET && section == RULE_statement) {
            return Optional.of("set " + offending.getText() + " belongs into pf.conf(5)");
        } else if ((section == RULE_table || section == RULE_tablePart) && OF_PF_TABLES.contains(offending.getText())) {
            return Optional.of(offending.getText() + " is a word of pf.conf(5): leave it out");
        } else if (type == TICKETS && (section == RULE_tlsFlag || before == TLS || before == SSL)) {
            return Optional.of("write session tickets");
        } else if (before == GREATER && offending.getText().startsWith(":")) {
            return Optional.of("write port " + offending.getText().substring(1));
        } else if (before == PORT && text(offending, "*")) {
            return Optional.of("every port has a line of its own; redirections also take ranges, first:last");
        } else if (type == SET && begins && section == RULE_statement) {
            return Optional.of("statements that begin with set belong into pf.conf(5)");
        }
        return Optional.empty();
    }

    private static Optional<String> page(ParserRuleContext context, SourceToken slash, SourceToken scheme) {
        return PageAddress.at(slash.source().text(), scheme.getStartIndex()).map(page -> listens(context)
                ? "no address is written like a page: listen on " + page.host() + " port " + page.port()
                        + (page.secure() ? " tls" : "")
                : "no target is written like a page: forward " + (page.secure() ? "with tls " : "") + "to "
                        + page.host() + " port " + page.port());
    }

    private static boolean listens(ParserRuleContext context) {
        for (ParserRuleContext rule = context; rule != null; rule = rule.getParent()) {
            if (rule.getStart().getType() == LISTEN) {
                return true;
            }
        }
        return false;
    }

    private static Optional<String> hoststated(SourceToken offending, Optional<SourceToken> previous) {
        boolean begins = previous.isEmpty() || previous.get().getType() == TABLE
                || text(previous.get(), "service");
        return begins && HOSTSTATED.matcher(offending.source().text()).find()
                ? Optional.of("this is a hoststated.conf of OpenBSD 4.1 or 4.2, which no relayd reads: a service is a"
                        + " redirect now, see relayd.conf(5), REDIRECTIONS")
                : Optional.empty();
    }

    private static boolean isStatus(String text) {
        return text.length() == 3 && text.chars().allMatch(Character::isDigit);
    }

    private static boolean text(SourceToken word, String text) {
        return word.getText().equals(text);
    }
}
