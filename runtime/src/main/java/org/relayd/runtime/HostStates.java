package org.relayd.runtime;

import org.relayd.ir.config.TableId;

/**
 * Which hosts may get new sessions, as health checks and relayctl(8) left it. Read by event loops without locks;
 * written elsewhere at any time.
 */
public interface HostStates {

    /**
     * Returns the hosts of a table. Asked for once when a relay starts and then kept.
     *
     * @throws IllegalArgumentException
     *             if the plan has no such table
     */
    TableHosts of(TableId table);

    /** View of one table. */
    interface TableHosts {

        /**
         * Returns whether a host may get a session now: neither it nor its table is disabled, and it is up
         * or the table has no check.
         *
         * @param index
         *            place of the host in the table, from 0
         */
        boolean isUsable(int index);

        /**
         * Returns whether it is not known yet if a host may get a session: its first check has not ended.
         *
         * @param index
         *            place of the host in the table, from 0
         */
        default boolean isAwaited(int index) {
            return false;
        }
    }
}
