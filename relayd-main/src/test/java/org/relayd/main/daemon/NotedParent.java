package org.relayd.main.daemon;

import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.relayd.runtime.parent.Rights;
import org.relayd.runtime.parent.message.Report;
import org.relayd.runtime.parent.message.Request;
import org.relayd.runtime.parent.remote.Parent;

/** Notes what a parent process is asked for. */
final class NotedParent implements Parent {
    private final Parent parent;
    private final Set<String> requests = ConcurrentHashMap.newKeySet();

    NotedParent(Parent parent) {
        this.parent = parent;
    }

    /** Returns the names of requests that were made. */
    Set<String> requests() {
        return Set.copyOf(requests);
    }

    @Override
    public void ask(Request request, Rights.Answer<Answered> answer) {
        requests.add(request.getClass().getSimpleName());
        parent.ask(request, answer);
    }

    @Override
    public Answered await(Request request) throws IOException {
        requests.add(request.getClass().getSimpleName());
        return parent.await(request);
    }

    @Override
    public void say(Report report) {
        parent.say(report);
    }
}
