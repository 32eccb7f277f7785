package org.relayd.main.parent;

import org.relayd.runtime.parent.linux.Ending;
import org.relayd.runtime.parent.message.Report;

/** What happens to the parent. */
sealed interface Event {

    /** The present worker has said something. */
    record Said(Report report) implements Event {}

    /** A worker has ended; everything that it wrote and said has come before. */
    record Ended(Worker worker, Ending ending) implements Event {}

    /** SIGHUP. */
    record ReloadWanted() implements Event {}

    /** SIGUSR1. */
    record ReopenWanted() implements Event {}

    /** SIGTERM or SIGINT. */
    record StopWanted() implements Event {}

    /** {@link Supervisor#TICK} has passed while this process ran. */
    record Tick() implements Event {}
}
