package org.relayd.runtime.relay.http.rule;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import org.relayd.ir.config.Rule;
import org.relayd.ir.net.IpFamily;
import org.relayd.ir.net.IpPrefix;
import org.relayd.ir.term.Direction;
import org.relayd.ir.term.EntityType;
import org.relayd.ir.term.RuleVerdict;
import org.relayd.runtime.relay.http.head.RequestMethod;

/**
 * A rule ready to be evaluated. Immutable; any thread.
 *
 * @param rule
 *            the rule as checked
 * @param method
 *            request method that it is for
 * @param table
 *            number of the table that it sends sessions to; empty also if the relay has no such table
 * @param conditions
 *            in order of evaluation: header, query, path, url, cookie
 */
record CompiledRule(Rule rule, Optional<RequestMethod> method, OptionalInt table, List<EntityCondition> conditions) {
    /**
     * The order in which conditions are looked at and, since a rule may act on several entities, in which they act;
     * that of the original, whatever the order of writing. {@link Rule#conditions} has the order of printing.
     */
    private static final List<EntityType> EVALUATION = List.of(EntityType.HEADER, EntityType.QUERY, EntityType.PATH,
            EntityType.URL, EntityType.COOKIE);

    /** Copies the list. */
    CompiledRule {
        conditions = List.copyOf(conditions);
    }

    /**
     * Compiles a rule.
     *
     * @param number
     *            of the rule in its program
     * @param tables
     *            tells the number of a table of the relay
     */
    static CompiledRule of(Rule rule, int number, Function<String, Optional<Integer>> tables) {
        Optional<RequestMethod> method = rule.method().flatMap(RequestMethod::of);
        Optional<Integer> table = rule.forwardTo().flatMap(tables);
        List<EntityCondition> conditions = rule.conditions().stream()
                .sorted(Comparator.comparingInt(condition -> EVALUATION.indexOf(condition.type())))
                .map(condition -> EntityCondition.of(condition, number))
                .map(condition -> condition instanceof UrlCondition url ? url.forVerdict(rule.verdict()) : condition)
                .toList();
        return new CompiledRule(rule, method, table.map(OptionalInt::of).orElseGet(OptionalInt::empty), conditions);
    }

    RuleVerdict verdict() {
        return rule.verdict();
    }

    /** Returns whether all conditions hold; what they find is noted in the slot. */
    boolean applies(RuleRun run, RuleRun.Applied slot) {
        if (!appliesToSession(run)) {
            return false;
        }
        for (int i = 0; i < conditions.size(); i++) {
            if (!conditions.get(i).matches(run, slot.found[i])) {
                return false;
            }
        }
        return true;
    }

    private boolean appliesToSession(RuleRun run) {
        FilterSession session = run.session();
        if (rule.family().isPresent() && !hasFamily(session, rule.family().get())) {
            return false;
        }
        Optional<IpPrefix> from = rule.from();
        Optional<IpPrefix> to = rule.to();
        boolean addresses = (from.isEmpty() || from.get().contains(session.clientAddress()))
                && (to.isEmpty() || to.get().contains(session.localAddress()));
        boolean rightMethod = rule.method().isEmpty()
                || (run.direction() == Direction.REQUEST && method.isPresent() && method.get() == run.head().method());
        return addresses && rightMethod && (rule.tagged().isEmpty() || rule.tagged().equals(session.tag()));
    }

    private static boolean hasFamily(FilterSession session, IpFamily family) {
        return session.clientAddress().family() == family
                && session.targetFamily().map(target -> target == family).orElse(true);
    }

    /** Table, tag and label take effect. */
    void mark(FilterSession session) {
        if (table.isPresent()) {
            session.table(table);
        }
        switch (rule.tag()) {
            case Rule.Marking.Keep() -> {}
            case Rule.Marking.Clear() -> session.tag(Optional.empty());
            case Rule.Marking.Set(String text) -> session.tag(Optional.of(text));
        }
        switch (rule.label()) {
            case Rule.Marking.Keep() -> {}
            case Rule.Marking.Clear() -> session.label(Optional.empty());
            case Rule.Marking.Set(String text) -> session.label(Optional.of(text));
        }
    }

    /** The actions on entities take effect. */
    void act(RuleRun run, RuleRun.Applied slot) {
        for (int i = 0; i < conditions.size(); i++) {
            conditions.get(i).act(run, slot.found[i]);
        }
    }
}
