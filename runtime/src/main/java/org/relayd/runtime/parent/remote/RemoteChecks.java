package org.relayd.runtime.parent.remote;

import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.relayd.ir.net.IpFamily;
import org.relayd.runtime.parent.CheckRights;
import org.relayd.runtime.parent.Rights;
import org.relayd.runtime.parent.ScriptEnd;
import org.relayd.runtime.parent.ScriptRun;
import org.relayd.runtime.parent.message.Reply;
import org.relayd.runtime.parent.message.Request;
import org.relayd.runtime.parent.remote.Parent.Answered;

/** Has the parent process do what health checks may not. Nobody is told of a script after {@link #close}. */
public final class RemoteChecks implements CheckRights {
    private final Parent parent;
    private final Set<Run> runs = new HashSet<>();
    private boolean closed;

    RemoteChecks(Parent parent) {
        this.parent = parent;
    }

    @Override
    public EchoSocket openEcho(IpFamily family) throws IOException {
        Answered answered = parent.await(new Request.OpenEcho(family));
        boolean raw = DueReply.carrying(answered, Reply.EchoSocket.class).raw();
        return new EchoSocket(DueReply.socket(answered), raw);
    }

    @Override
    public void runScript(ScriptRun run, ScriptAnswer answer) {
        Run begun = new Run(answer);
        if (begin(begun)) {
            parent.ask(new Request.RunScript(run), begun);
        } else {
            answer.ended(ending());
        }
    }

    private synchronized boolean begin(Run run) {
        return !closed && runs.add(run);
    }

    /** Returns whether somebody still waits for a run, and is to be told now. */
    private synchronized boolean end(Run run) {
        return runs.remove(run);
    }

    /** No further scripts run, and those that do are as if they had been killed: it is the parent that kills them. */
    void close() {
        endAll().forEach(run -> run.answer.ended(ending()));
    }

    private synchronized List<Run> endAll() {
        closed = true;
        List<Run> all = List.copyOf(runs);
        runs.clear();
        return all;
    }

    private static ScriptEnd ending() {
        return new ScriptEnd.NotStarted("relayd ends");
    }

    /** A script that has been asked for. */
    private final class Run implements Rights.Answer<Answered> {
        private final ScriptAnswer answer;

        Run(ScriptAnswer answer) {
            this.answer = answer;
        }

        @Override
        public void given(Answered answered) {
            ScriptEnd end;
            try {
                end = DueReply.alone(answered, Reply.Ended.class).end();
            } catch (IOException unfit) {
                refused(unfit);
                return;
            }
            tell(end);
        }

        @Override
        public void refused(IOException reason) {
            tell(new ScriptEnd.NotStarted(String.valueOf(reason.getMessage())));
        }

        private void tell(ScriptEnd end) {
            if (end(this)) {
                answer.ended(end);
            }
        }
    }
}
