package org.relayd.runtime.relay.http.rule;

import java.util.List;
import java.util.Optional;
import org.relayd.ir.config.Rule;
import org.relayd.ir.pattern.Glob;
import org.relayd.ir.term.Direction;
import org.relayd.ir.term.EntityOption;
import org.relayd.ir.term.EntityType;

/**
 * Finds the rules that may apply to a message without looking at each: rules that ask for a header field by its name,
 * maybe for one exact value of it, for one exact path or for a path with a fixed beginning are found by what the
 * message itself holds; all others are candidates always. The number of rules then hardly counts: a thousand rules for
 * a thousand hosts cost about as much as one. Immutable; any thread.
 */
final class RuleIndex {
    /** Up to this many rules a plain walk is cheaper. */
    private static final int WORTHWHILE = 8;

    private final int size;
    private final long[] always;
    private final HeaderNames headers;
    private final OctetTable paths;
    private final PathPrefixes prefixes;

    private RuleIndex(int size, long[] always, HeaderNames headers, OctetTable paths, PathPrefixes prefixes) {
        this.size = size;
        this.always = always;
        this.headers = headers;
        this.paths = paths;
        this.prefixes = prefixes;
    }

    static RuleIndex of(List<CompiledRule> rules) {
        long[] always = new long[rules.size() / Long.SIZE + 1];
        HeaderNames.Builder headers = new HeaderNames.Builder();
        OctetTable paths = new OctetTable();
        PathPrefixes prefixes = new PathPrefixes();
        for (int number = 0; number < rules.size(); number++) {
            Rule rule = rules.get(number).rule();
            boolean indexed = rules.size() > WORTHWHILE
                    && (add(rule, number, headers, paths, prefixes) || addName(rule, number, headers));
            if (!indexed) {
                always[number / Long.SIZE] |= 1L << number;
            }
        }
        return new RuleIndex(rules.size(), always, headers.build(), paths, prefixes);
    }

    /** Puts a rule under the first of its conditions that the index can answer. */
    private static boolean add(Rule rule, int number, HeaderNames.Builder headers, OctetTable paths,
            PathPrefixes prefixes) {
        for (Rule.Condition condition : rule.conditions()) {
            Optional<String> key = condition.key().filter(match -> !match.pattern()).map(Rule.Match::text);
            if (key.isEmpty() || (writes(condition)
                    && !(condition.type() == EntityType.PATH && condition.option().get() == EntityOption.SET))) {
                continue;
            }
            if (condition.type() == EntityType.HEADER && isLiteral(key.get())) {
                Optional<String> value = condition.value().filter(match -> !match.pattern()).map(Rule.Match::text)
                        .filter(RuleIndex::isLiteral);
                if (value.isPresent()) {
                    headers.add(key.get(), value.get(), number);
                    return true;
                }
            } else if (condition.type() == EntityType.PATH && isLiteral(key.get())) {
                paths.add(key.get(), number);
                return true;
            } else if (condition.type() == EntityType.PATH && isPrefix(key.get())) {
                prefixes.add(key.get().substring(0, key.get().length() - 1), number);
                return true;
            }
        }
        return false;
    }

    /** Puts a rule under the name of a header field without which it does not apply. */
    private static boolean addName(Rule rule, int number, HeaderNames.Builder headers) {
        for (Rule.Condition condition : rule.conditions()) {
            if (condition.type() == EntityType.HEADER && !writes(condition)
                    && condition.key().filter(Rule.Match::isLiteral).isPresent()) {
                headers.add(condition.key().get().text(), number);
                return true;
            }
        }
        return false;
    }

    private static boolean writes(Rule.Condition condition) {
        return condition.option().filter(option -> option == EntityOption.APPEND || option == EntityOption.SET)
                .isPresent();
    }

    private static boolean isLiteral(String text) {
        return Glob.compile(text, true).isLiteral();
    }

    private static boolean isPrefix(String text) {
        return text.length() > 1 && text.endsWith("*") && isLiteral(text.substring(0, text.length() - 1));
    }

    /** Notes the candidates for the message of a run. */
    void select(RuleRun run) {
        if (run.candidates.length < always.length) {
            run.candidates = new long[always.length];
        }
        System.arraycopy(always, 0, run.candidates, 0, always.length);
        headers.select(run.octets(), run.fields(), run.candidates);
        if (run.direction() == Direction.REQUEST && !paths.isEmpty()) {
            paths.select(run.octets(), run.head().pathAt(), run.head().pathLength(), run.candidates);
        }
        if (run.direction() == Direction.REQUEST) {
            prefixes.select(run.octets(), run.head().pathAt(), run.head().pathLength(), run.candidates);
        }
    }

    /** Returns the next candidate from a number on; -1 if there is none. */
    int next(RuleRun run, int from) {
        if (from >= size) {
            return -1;
        }
        int word = from / Long.SIZE;
        long bits = run.candidates[word] & -1L << from;
        while (bits == 0) {
            if (++word >= always.length) {
                return -1;
            }
            bits = run.candidates[word];
        }
        return word * Long.SIZE + Long.numberOfTrailingZeros(bits);
    }
}
