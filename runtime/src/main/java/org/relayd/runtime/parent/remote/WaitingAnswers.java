package org.relayd.runtime.parent.remote;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.relayd.runtime.parent.Rights;
import org.relayd.runtime.parent.remote.Parent.Answered;

/** Who waits for an answer, by the number of the request. Each is taken once. Any thread. */
final class WaitingAnswers {
    private final Map<Integer, Rights.Answer<Answered>> byNumber = new HashMap<>();
    private int last;
    private boolean ended;

    /**
     * Adds one.
     *
     * @param most
     *            so many may wait with it
     * @return its number; empty if too many wait, or nobody is to wait any more
     */
    synchronized OptionalInt add(Rights.Answer<Answered> answer, int most) {
        if (ended || byNumber.size() >= most) {
            return OptionalInt.empty();
        }
        do {
            last++;
        } while (byNumber.containsKey(last));
        byNumber.put(last, answer);
        return OptionalInt.of(last);
    }

    /** Takes the one with a number; empty if nobody waits for that. */
    synchronized Optional<Rights.Answer<Answered>> take(int number) {
        return Optional.ofNullable(byNumber.remove(number));
    }

    /** Takes all; from now on nobody waits. */
    synchronized List<Rights.Answer<Answered>> end() {
        ended = true;
        List<Rights.Answer<Answered>> all = List.copyOf(byNumber.values());
        byNumber.clear();
        return all;
    }

    /** Returns whether nobody waits any more. */
    synchronized boolean isEnded() {
        return ended;
    }
}
