package org.relayd.runtime.hce;

import java.util.concurrent.atomic.AtomicIntegerArray;
import org.relayd.runtime.HostStates;

/** Which hosts of one table may get sessions. Written by the engine thread, read by event loops without locks. */
final class UsableHosts implements HostStates.TableHosts {
    private final AtomicIntegerArray usable;

    UsableHosts(int hosts) {
        usable = new AtomicIntegerArray(hosts);
    }

    @Override
    public boolean isUsable(int index) {
        return usable.get(index) != 0;
    }

    void set(int index, boolean isUsable) {
        usable.set(index, isUsable ? 1 : 0);
    }
}
