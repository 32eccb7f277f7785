package org.relayd.runtime.relay.http.action;

import java.util.List;
import java.util.Optional;
import org.relayd.ir.config.Action;
import org.relayd.ir.term.Direction;
import org.relayd.runtime.Log;
import org.relayd.runtime.relay.http.filter.HttpFilter;
import org.relayd.runtime.relay.http.filter.Refusal;
import org.relayd.runtime.relay.http.head.MessageHead;
import org.relayd.runtime.relay.http.rule.FilterSession;

/** Protocol actions of dialect 5.1. One for each relay and event loop. */
public final class ActionFilter implements HttpFilter {
    private final ActionProgram requests;
    private final ActionProgram responses;
    private final ActionRun requestRun;
    private final ActionRun responseRun;

    /**
     * Compiles actions.
     *
     * @param actions
     *            of both directions in file order
     * @param log
     *            gets the lines of log actions
     */
    public ActionFilter(List<Action> actions, Log log) {
        requests = new ActionProgram(actions, Direction.REQUEST);
        responses = new ActionProgram(actions, Direction.RESPONSE);
        requestRun = new ActionRun(requests, Direction.REQUEST, log);
        responseRun = new ActionRun(responses, Direction.RESPONSE, log);
    }

    @Override
    public Optional<Refusal> request(MessageHead head, FilterSession session) {
        return requests.all().isEmpty() ? Optional.empty() : requestRun.evaluate(head, session);
    }

    @Override
    public Optional<Refusal> response(MessageHead head, FilterSession session) {
        return responses.all().isEmpty() ? Optional.empty() : responseRun.evaluate(head, session);
    }

    @Override
    public boolean sortsFields() {
        return false;
    }

    @Override
    public boolean connectsLate() {
        return requests.connectsLate();
    }
}
