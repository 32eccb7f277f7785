package org.relayd.runtime.parent.keys;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/** The keys that are open, by their numbers, and how often the worker has asked for each. Any thread. */
final class KeptKeys {
    /** Keys that can be open: a worker that opens more has gone mad. */
    static final int MOST = 16_384;

    private final Map<Integer, KeptKey> byNumber = new ConcurrentHashMap<>();
    private final Map<KeptKey.Origin, Integer> numbers = new HashMap<>();
    private final Map<Integer, Integer> uses = new HashMap<>();
    private int last;

    /** Makes a key that is not open yet. */
    interface Opening {
        KeptKey now() throws IOException;
    }

    /**
     * Returns the number of a key, which is opened unless it is open.
     *
     * @throws IOException
     *             if it cannot be opened, or too many are
     */
    synchronized int open(KeptKey.Origin origin, Opening opening) throws IOException {
        Optional<Integer> known = Optional.ofNullable(numbers.get(origin));
        if (known.isPresent()) {
            uses.merge(known.get(), 1, Integer::sum);
            return known.get();
        }
        if (byNumber.size() >= MOST) {
            throw new IOException("too many private keys are open");
        }
        KeptKey key = opening.now();
        do {
            last = last == Integer.MAX_VALUE ? 1 : last + 1;
        } while (byNumber.containsKey(last));
        byNumber.put(last, key);
        numbers.put(origin, last);
        uses.put(last, 1);
        return last;
    }

    /** Returns the key of a number. */
    Optional<KeptKey> of(int number) {
        return Optional.ofNullable(byNumber.get(number));
    }

    /** One of those who asked for it needs it no more. */
    synchronized void close(int number) {
        if (byNumber.containsKey(number) && uses.merge(number, -1, Integer::sum) == 0) {
            forget(number);
        }
    }

    /** Closes those that are not to be kept, however often they were asked for. */
    synchronized void retain(Predicate<KeptKey.Origin> kept) {
        List<Integer> gone = new ArrayList<>();
        numbers.forEach((origin, number) -> {
            if (!kept.test(origin)) {
                gone.add(number);
            }
        });
        gone.forEach(this::forget);
    }

    private void forget(int number) {
        KeptKey key = byNumber.remove(number);
        numbers.remove(key.origin());
        uses.remove(number);
        key.close();
    }

    /** Returns how many are open. */
    int size() {
        return byNumber.size();
    }
}
