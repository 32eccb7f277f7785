package org.relayd.runtime.relay.http.filter;

import java.util.Optional;
import org.relayd.ir.pattern.LuaPattern;
import org.relayd.runtime.relay.http.head.MessageHead;
import org.relayd.runtime.relay.http.head.MessageLimit;
import org.relayd.runtime.relay.http.rule.FilterSession;
import org.relayd.runtime.relay.http.rule.RuleProgram;
import org.relayd.runtime.relay.http.rule.RuleRun;

/** Filter rules of the current dialect. */
public final class RuleFilter implements HttpFilter {
    private final RuleProgram requests;
    private final RuleProgram responses;
    private final RuleRun run = new RuleRun();

    /** The rules of both directions. */
    public RuleFilter(RuleProgram requests, RuleProgram responses) {
        this.requests = requests;
        this.responses = responses;
    }

    @Override
    public Optional<Refusal> request(MessageHead head, FilterSession session) {
        return requests.isEmpty() ? Optional.empty() : refusal(requests.evaluate(run, head, session), session);
    }

    @Override
    public Optional<Refusal> response(MessageHead head, FilterSession session) {
        return responses.isEmpty() ? Optional.empty() : refusal(responses.evaluate(run, head, session), session);
    }

    private static Optional<Refusal> refusal(RuleProgram.Judgement outcome, FilterSession session) {
        return switch (outcome) {
            case PASS -> Optional.empty();
            case BLOCK -> Optional.of(Refusal.of(Refusal.Reason.FORBIDDEN, session.label()));
            case TOO_COSTLY -> Optional.of(Refusal.ofLimit(Refusal.Reason.FORBIDDEN,
                    MessageLimit.PATTERN_STEPS.passed(LuaPattern.BUDGET), session.label()));
            case BAD_HOST -> Optional.of(Refusal.of(Refusal.Reason.BAD_REQUEST, session.label()));
        };
    }

    @Override
    public boolean sortsFields() {
        return true;
    }

    @Override
    public boolean connectsLate() {
        return true;
    }
}
