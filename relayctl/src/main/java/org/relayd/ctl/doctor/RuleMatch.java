package org.relayd.ctl.doctor;

import java.util.List;
import java.util.function.BiFunction;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Whether the conditions of a rule of nft(8) hold for the first packet that comes from outside to a port. What is not
 * known here is undecided, so that no rule is taken for another.
 *
 * @param packet
 *            where it goes to
 * @param redirected
 *            whether its address was changed on its way, as redirections do
 */
record RuleMatch(Endpoint packet, boolean redirected) {
    private static final String SET = "(!= )?(\\{[^}]*\\}|\\S+)";

    /** What is known of a condition. */
    enum Holds {
        YES, NO, MAYBE;

        Holds unless(boolean negated) {
            return switch (this) {
                case YES -> negated ? NO : YES;
                case NO -> negated ? YES : NO;
                case MAYBE -> MAYBE;
            };
        }

        private static Holds of(boolean holds) {
            return holds ? YES : NO;
        }
    }

    private record Known(Pattern words, BiFunction<RuleMatch, MatchResult, Holds> holds) {}

    private static Known known(String words, BiFunction<RuleMatch, MatchResult, Holds> holds) {
        return new Known(Pattern.compile(words + "(?: |$)"), holds);
    }

    private static final List<Known> KNOWN = List.of(
            known("iif(?:name)? (!= )?\"?lo\"?", (_, of) -> Holds.NO.unless(of.group(1) != null)),
            known("ct state " + SET, (_, of) -> Holds.of(of.group(2).matches(".*\\bnew\\b.*")).unless(negated(of))),
            known("ct status " + SET, (match, of) -> of.group(2).equals("dnat")
                    ? Holds.of(match.redirected).unless(negated(of))
                    : Holds.MAYBE),
            known("(?:ip protocol|ip6 nexthdr|meta l4proto) " + SET, RuleMatch::protocol),
            known("meta nfproto (ipv[46])", (match, of) -> Holds.of(of.group(1).equals("ipv6") == match.packet
                    .isInet6())),
            known("(?:icmp|icmpv6|igmp) .*", (_, _) -> Holds.NO),
            known("(tcp|udp|th) dport " + SET, RuleMatch::port),
            known("(tcp|udp|sctp|dccp|esp|ah) .*", (match, of) -> of.group(1).equals(match.packet.protocol())
                    ? Holds.MAYBE
                    : Holds.NO),
            known("(ip6?) \\S+ " + SET, (match, of) -> of.group(1).equals("ip6") == match.packet.isInet6()
                    ? Holds.MAYBE
                    : Holds.NO),
            known("\\S+", (_, _) -> Holds.MAYBE));

    private static boolean negated(MatchResult of) {
        return of.group(1) != null;
    }

    /** Returns whether all conditions hold. */
    Holds all(String conditions) {
        Holds all = Holds.YES;
        String rest = conditions.strip();
        while (!rest.isEmpty()) {
            String now = rest;
            Known condition = KNOWN.stream().filter(known -> known.words().matcher(now).lookingAt()).findFirst()
                    .orElseThrow();
            Matcher found = condition.words().matcher(now);
            boolean there = found.lookingAt();
            Holds one = there ? condition.holds().apply(this, found.toMatchResult()) : Holds.MAYBE;
            if (one == Holds.NO) {
                return Holds.NO;
            }
            all = one == Holds.MAYBE ? Holds.MAYBE : all;
            rest = rest.substring(found.end()).strip();
        }
        return all;
    }

    private static Holds protocol(RuleMatch match, MatchResult of) {
        String number = match.packet.protocol().equals("tcp") ? "6" : "17";
        return Holds
                .of(elements(of.group(2)).anyMatch(one -> one.equals(match.packet.protocol()) || one.equals(number)))
                .unless(negated(of));
    }

    private static Holds port(RuleMatch match, MatchResult of) {
        if (!of.group(1).equals("th") && !of.group(1).equals(match.packet.protocol())) {
            return Holds.NO;
        }
        List<Holds> each = elements(of.group(3)).map(match::isIn).toList();
        Holds any = each.contains(Holds.YES) ? Holds.YES : each.contains(Holds.MAYBE) ? Holds.MAYBE : Holds.NO;
        return any.unless(of.group(2) != null);
    }

    private Holds isIn(String ports) {
        if (!ports.matches("[0-9]{1,5}(-[0-9]{1,5})?")) {
            return Holds.MAYBE;
        }
        String[] ends = ports.split("-", -1);
        return Holds.of(Integer.parseInt(ends[0]) <= packet.port()
                && packet.port() <= Integer.parseInt(ends[ends.length - 1]));
    }

    private static Stream<String> elements(String set) {
        return Stream.of(set.replaceAll("[{}]", "").split(",", -1)).map(String::strip);
    }
}
