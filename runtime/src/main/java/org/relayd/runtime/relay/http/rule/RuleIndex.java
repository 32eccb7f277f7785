package org.relayd.runtime.relay.http.rule;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.relayd.ir.config.Rule;
import org.relayd.ir.pattern.Glob;
import org.relayd.ir.term.EntityOption;
import org.relayd.ir.term.EntityType;
import org.relayd.runtime.relay.http.head.FieldName;

/**
 * Finds the rules that may apply to a message without looking at each: rules that ask for one exact value of a header field, for one exact path or for a path with a fixed beginning are found by a hash
 * of the message's own value; all others are candidates always. The number of rules then hardly counts: a thousand rules for a thousand hosts cost about as much as one. Immutable; any thread.
 */
final class RuleIndex {
    /** Up to this many rules a plain walk is cheaper. */
    private static final int WORTHWHILE = 8;

    private final int size;
    private final long[] always;
    private final List<HeaderValues> headers;
    private final OctetTable paths;
    private final PathPrefixes prefixes;

    /** Exact values of one header field. */
    private record HeaderValues(FieldName name, OctetTable values) {}

    private RuleIndex(int size, long[] always, List<HeaderValues> headers, OctetTable paths, PathPrefixes prefixes) {
        this.size = size;
        this.always = always;
        this.headers = headers;
        this.paths = paths;
        this.prefixes = prefixes;
    }

    static RuleIndex of(List<CompiledRule> rules) {
        long[] always = new long[rules.size() / Long.SIZE + 1];
        Map<FieldName, OctetTable> headers = new HashMap<>();
        OctetTable paths = new OctetTable();
        PathPrefixes prefixes = new PathPrefixes();
        for (int number = 0; number < rules.size(); number++) {
            boolean indexed = rules.size() > WORTHWHILE
                    && add(rules.get(number).rule(), number, headers, paths, prefixes);
            if (!indexed) {
                always[number / Long.SIZE] |= 1L << number;
            }
        }
        List<HeaderValues> values = new ArrayList<>();
        headers.forEach((name, table) -> values.add(new HeaderValues(name, table)));
        return new RuleIndex(rules.size(), always, values, paths, prefixes);
    }

    /** Puts a rule under the first of its conditions that the index can answer. */
    private static boolean add(Rule rule, int number, Map<FieldName, OctetTable> headers, OctetTable paths,
            PathPrefixes prefixes) {
        for (Rule.Condition condition : rule.conditions()) {
            Optional<String> key = condition.key().filter(match -> !match.pattern()).map(Rule.Match::text);
            boolean writes = condition.option()
                    .filter(option -> option == EntityOption.APPEND || option == EntityOption.SET).isPresent();
            if (key.isEmpty() || (writes
                    && !(condition.type() == EntityType.PATH && condition.option().get() == EntityOption.SET))) {
                continue;
            }
            if (condition.type() == EntityType.HEADER && isLiteral(key.get())) {
                Optional<String> value = condition.value().filter(match -> !match.pattern()).map(Rule.Match::text)
                        .filter(RuleIndex::isLiteral);
                if (value.isPresent()) {
                    headers.computeIfAbsent(FieldName.of(key.get()), _ -> new OctetTable()).add(value.get(), number);
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
        for (HeaderValues header : headers) {
            int field = run.fields().find(run.octets(), header.name, 0);
            if (field >= 0) {
                header.values.select(run.octets(), run.fields().valueAt(field), run.fields().valueLength(field),
                        run.candidates);
            }
        }
        if (run.isRequest() && !paths.isEmpty()) {
            paths.select(run.octets(), run.head().pathAt(), run.head().pathLength(), run.candidates);
        }
        if (run.isRequest()) {
            prefixes.select(run.octets(), run.head().pathAt(), run.head().pathLength(), run.candidates);
        }
    }

    /** The next candidate from a number on; -1 if there is none. */
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
