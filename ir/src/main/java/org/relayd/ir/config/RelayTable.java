package org.relayd.ir.config;

import org.relayd.ir.term.SchedulingMode;

/**
 * A table as a relay uses it.
 *
 * @param table
 *            the table
 * @param mode
 *            how its hosts are chosen
 * @param backup
 *            whether it is used only while all tables above have no host up; false for the first
 */
public record RelayTable(Table table, SchedulingMode mode, boolean backup) {}
