package org.relayd.runtime.relay.http.rule;

import java.util.Optional;
import org.relayd.ir.config.Rule;
import org.relayd.ir.term.EntityOption;
import org.relayd.ir.term.RuleVerdict;
import org.relayd.runtime.relay.http.head.MessageHead;
import org.relayd.runtime.relay.http.head.Octets;

/**
 * The URL of a request, looked up in all its forms. The look-up is done once for all rules of a program, see
 * {@link UrlIndex}; a request without Host counts as found, as in the original.
 *
 * @param rule
 *            number of the rule in its program
 * @param hasKey
 *            whether the rule names a URL or digest
 * @param digest
 *            text of the digest
 * @param pathKey
 *            the key as a glob for the path; for rules that log only
 * @param option
 *            what is done
 */
record UrlCondition(int rule, boolean hasKey, Optional<String> digest, Optional<TextMatch> pathKey,
        Optional<EntityOption> option) implements EntityCondition {

    static UrlCondition of(Rule.Condition condition, int rule) {
        Optional<Rule.Match> key = Keys.of(condition);
        boolean logs = condition.option().filter(option -> option == EntityOption.LOG).isPresent();
        Optional<TextMatch> pathKey = logs ? key.map(match -> TextMatch.of(match, false)) : Optional.empty();
        return new UrlCondition(rule, key.isPresent(), condition.digest().map(digest -> digest.text()), pathKey,
                condition.option());
    }

    /** The same condition for a rule of that verdict: a block rule never applies because it logs. */
    UrlCondition forVerdict(RuleVerdict verdict) {
        return verdict == RuleVerdict.BLOCK ? new UrlCondition(rule, hasKey, digest, Optional.empty(), option) : this;
    }

    @Override
    public boolean matches(RuleRun run, Found found) {
        found.nothing();
        MessageHead head = run.head();
        if (!hasKey || head.hostField() < 0 || (run.urlMatches[rule / Long.SIZE] & 1L << rule) != 0) {
            return true;
        }
        return pathKey.isPresent() && pathKey.get().matches(run.octets(), head.pathAt(), head.pathLength(), run);
    }

    @Override
    public void act(RuleRun run, Found found) {
        if (option.isEmpty()) {
            return;
        }
        MessageHead head = run.head();
        switch (option.get()) {
            case HASH -> run.session().hashInput().add(run.octets(), head.queryAt(), head.queryLength());
            case LOG -> run.log(digest.orElseGet(() -> url(head)),
                    Octets.text(run.octets(), head.queryAt(), head.queryLength()));
            case APPEND, SET, REMOVE, STRIP -> {}
        }
    }

    private static String url(MessageHead head) {
        String host = head.hostField() < 0 ? "" : head.value(head.hostField());
        return host + Octets.text(head.octets(), head.pathAt(), head.pathLength());
    }
}
