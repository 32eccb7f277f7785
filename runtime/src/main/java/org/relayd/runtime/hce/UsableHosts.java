package org.relayd.runtime.hce;

import java.util.concurrent.atomic.AtomicIntegerArray;
import org.relayd.runtime.HostStates;

/** Which hosts of one table may get sessions. Written by the engine thread, read by event loops without locks. */
final class UsableHosts implements HostStates.TableHosts {
    private static final int USABLE = 1;
    private static final int AWAITED = 2;

    private final AtomicIntegerArray hosts;

    UsableHosts(int count) {
        hosts = new AtomicIntegerArray(count);
    }

    @Override
    public boolean isUsable(int index) {
        return hosts.get(index) == USABLE;
    }

    @Override
    public boolean isAwaited(int index) {
        return hosts.get(index) == AWAITED;
    }

    /** One that is usable is not awaited. */
    void set(int index, boolean isUsable, boolean isAwaited) {
        hosts.set(index, isUsable ? USABLE : isAwaited ? AWAITED : 0);
    }
}
