package org.relayd.runtime.parent.door;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.relayd.runtime.parent.message.Report;
import org.relayd.runtime.parent.message.Request;

/**
 * The plans that one worker may act by: the one that it executes, or begins with, and the one that it was given last,
 * until it has said what became of that. Any thread.
 */
final class Present {
    private Optional<Numbered> executed = Optional.empty();
    private Optional<Numbered> next = Optional.empty();
    private int loops;
    /** Access logs that sessions of former plans may still write to. */
    private final Set<String> opened = new HashSet<>();

    private record Numbered(int number, Permits permits) {}

    /** The worker begins with a plan. */
    synchronized void begin(int number, Permits permits) {
        executed = Optional.of(new Numbered(number, permits));
        loops = permits.prefork();
    }

    /** Returns how many event loops the worker has: other plans do not change that. */
    synchronized int loops() {
        return loops;
    }

    /** The worker is given another plan. */
    synchronized void offered(int number, Permits permits) {
        next = Optional.of(new Numbered(number, permits));
    }

    /** Returns the number of the plan that the worker was given and has said nothing of. */
    synchronized Optional<Integer> waiting() {
        return next.map(Numbered::number);
    }

    /**
     * The worker says that it executes a plan.
     *
     * @return false if that cannot be
     */
    synchronized boolean commit(int number) {
        boolean known = next.filter(plan -> plan.number == number).isPresent();
        if (known) {
            executed = next;
            next = Optional.empty();
        }
        return known || executed.filter(plan -> plan.number == number).isPresent();
    }

    /**
     * The worker says that it will not execute a plan.
     *
     * @return false if that cannot be
     */
    synchronized boolean abandon(int number) {
        boolean known = next.filter(plan -> plan.number == number).isPresent();
        if (known) {
            next = Optional.empty();
        }
        return known;
    }

    /** Returns what is permitted. */
    synchronized List<Permits> permits() {
        return Stream.of(executed, next).flatMap(Optional::stream).map(Numbered::permits).toList();
    }

    /** Returns the authorities that relays inspect with. */
    Set<PlanAuthority> authorities() {
        return permits().stream().flatMap(plan -> plan.keys().authorities().stream()).collect(Collectors.toSet());
    }

    /** An access log has been opened. */
    synchronized void opened(String log) {
        opened.add(log);
    }

    /** Returns whether a plan allows a request. */
    synchronized boolean allow(Request request) {
        boolean former = switch (request) {
            case Request.FollowLog(String path, String _) -> opened.contains(path);
            case Request.DiscardLog(String path) -> opened.contains(path);
            case Request.OfRelays _,Request.OfChecks _,Request.ListenControl _,Request.RemoveControl _,Request.OpenLog _,Request.OfKeys _,Request.OfKernel _,Request.OfPlans _
                    -> false;
        };
        return former || permits().stream().anyMatch(plan -> plan.allow(request));
    }

    /** Returns whether a report is about something of a plan, or about none. */
    synchronized boolean concerns(Report report) {
        return Stream.concat(Stream.of(Permits.nothing()), permits().stream())
                .anyMatch(plan -> plan.concerns(report));
    }
}
