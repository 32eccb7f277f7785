package org.relayd.runtime.tls.boringssl;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.relayd.runtime.tls.boringssl.BoringSsl.Availability;

/** Engines for tests. */
public final class Engines {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private Engines() {}

    /** Makes one with a census of its own. */
    public static BoringSsl make() {
        return made(BoringSsl.load());
    }

    /** Makes one for which another library may sign. */
    static BoringSsl make(FasterKeys faster) {
        return made(BoringSsl.load(faster));
    }

    private static BoringSsl made(Availability availability) {
        return switch (availability) {
            case Availability.Available available -> available.engine();
            case Availability.Missing missing -> throw new IllegalStateException(missing.reason());
        };
    }

    /** Returns how many contexts of an engine are alive. */
    public static int contexts(BoringSsl engine) {
        return engine.census().alive(Census.Kind.CONTEXT);
    }

    /** Whatever an engine has made is freed, at the latest when the event loops have done what was before them. */
    public static void assertNothingIsLeft(BoringSsl engine) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (isAnythingLeft(engine) && System.nanoTime() < deadline) {
            LockSupport.parkNanos(1_000_000);
        }
        List<String> left = Arrays.stream(Census.Kind.values()).filter(kind -> engine.census().alive(kind) != 0)
                .map(kind -> kind + " " + engine.census().alive(kind)).toList();
        assertEquals(List.of(), left);
    }

    /** Waits until an engine has no stream, or for as long as it is patient. */
    public static void awaitNoStream(BoringSsl engine) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (engine.census().alive(Census.Kind.STREAM) > 0 && System.nanoTime() < deadline) {
            LockSupport.parkNanos(1_000_000);
        }
    }

    private static boolean isAnythingLeft(BoringSsl engine) {
        return Arrays.stream(Census.Kind.values()).anyMatch(kind -> engine.census().alive(kind) > 0);
    }
}
