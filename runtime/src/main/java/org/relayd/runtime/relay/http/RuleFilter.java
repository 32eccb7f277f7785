package org.relayd.runtime.relay.http;

import java.util.Optional;
import org.relayd.runtime.relay.http.head.MessageHead;
import org.relayd.runtime.relay.http.rule.FilterSession;
import org.relayd.runtime.relay.http.rule.RuleProgram;
import org.relayd.runtime.relay.http.rule.RuleRun;

/** Filter rules of the current dialect. */
final class RuleFilter implements HttpFilter {
    private final RuleProgram requests;
    private final RuleProgram responses;
    private final RuleRun run = new RuleRun();

    RuleFilter(RuleProgram requests, RuleProgram responses) {
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

    private static Optional<Refusal> refusal(RuleProgram.Outcome outcome, FilterSession session) {
        return switch (outcome) {
            case PASS -> Optional.empty();
            case BLOCK -> Optional.of(new Refusal(403, "Forbidden", session.label()));
            case BAD_HOST -> Optional.of(new Refusal(400, "Bad Request", session.label()));
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
