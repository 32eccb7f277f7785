package org.relayd.runtime.relay.http.rule;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.relayd.ir.config.Rule;
import org.relayd.ir.term.Direction;
import org.relayd.ir.term.RuleVerdict;
import org.relayd.runtime.relay.http.head.MessageHead;

/**
 * The rules of one direction. Evaluated from first to last: a match rule marks the session at once, of the pass and
 * block rules the last one that applies counts, quick ends the evaluation; then what the rules do with entities is
 * done, in order. Immutable; any thread, each with a {@link RuleRun} of its own.
 */
public final class RuleProgram {
    /** What became of a message. */
    public enum Judgement {
        /** It goes on. */
        PASS,
        /** It is refused: 403. */
        BLOCK,
        /** It is refused, because a pattern was too costly to tell whether it fits: 403. */
        TOO_COSTLY,
        /** Its Host value cannot be looked up: 400. */
        BAD_HOST
    }

    private final List<CompiledRule> rules;
    private final RuleIndex index;
    private final UrlIndex urls;
    private final Direction direction;

    private RuleProgram(List<CompiledRule> rules, Direction direction) {
        this.rules = List.copyOf(rules);
        this.direction = direction;
        index = RuleIndex.of(rules);
        urls = UrlIndex.of(rules);
    }

    /**
     * Compiles the rules of one direction.
     *
     * @param all
     *            rules of both directions in file order
     * @param tables
     *            tells the number of a table of the relay by its name in the file
     */
    public static RuleProgram of(List<Rule> all, Direction direction, Function<String, Optional<Integer>> tables) {
        List<CompiledRule> rules = new ArrayList<>();
        for (Rule rule : all) {
            if (rule.direction() == direction) {
                rules.add(CompiledRule.of(rule, rules.size(), tables));
            }
        }
        return new RuleProgram(rules, direction);
    }

    /** Returns whether no message is ever changed or refused. */
    public boolean isEmpty() {
        return rules.isEmpty();
    }

    /** Returns the rules, in order. */
    List<CompiledRule> rules() {
        return rules;
    }

    /** Evaluates the rules for a message and changes its head. */
    public Judgement evaluate(RuleRun run, MessageHead head, FilterSession session) {
        run.begin(head, session, direction);
        if (!urls.match(run)) {
            return Judgement.BAD_HOST;
        }
        boolean blocked = decide(run);
        for (int i = 0; i < run.applied(); i++) {
            RuleRun.Applied applied = run.applied(i);
            applied.rule.act(run, applied);
        }
        return run.isRefused() ? Judgement.TOO_COSTLY : blocked ? Judgement.BLOCK : Judgement.PASS;
    }

    /** Finds the rules that apply; true if the message is blocked. */
    private boolean decide(RuleRun run) {
        Optional<RuleRun.Applied> last = Optional.empty();
        index.select(run);
        for (int number = index.next(run, 0); number >= 0; number = index.next(run, number + 1)) {
            CompiledRule rule = rules.get(number);
            if (!rule.applies(run, run.slot(rule))) {
                continue;
            }
            if (rule.verdict() == RuleVerdict.MATCH) {
                rule.mark(run.session());
                run.apply();
            } else {
                last = Optional.of(run.setAside());
            }
            if (rule.rule().quick()) {
                break;
            }
        }
        if (last.isEmpty()) {
            return false;
        }
        RuleRun.Applied decisive = last.get();
        decisive.rule.mark(run.session());
        run.apply(decisive);
        return decisive.rule.verdict() == RuleVerdict.BLOCK;
    }
}
