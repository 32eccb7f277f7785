package org.relayd.main.parent;

import org.relayd.runtime.parent.message.Notice;

/** A worker, seen from the parent. */
interface Worker {

    /** Returns its process number. */
    int pid();

    /** Tells it what is wanted. Never blocks; without effect if it has ended. */
    void tell(Notice notice);

    /** Kills it, unless it has ended. Its end follows as an {@link Event.Ended}. */
    void kill();
}
