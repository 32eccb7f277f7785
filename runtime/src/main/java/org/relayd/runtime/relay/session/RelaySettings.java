package org.relayd.runtime.relay.session;

import org.relayd.ir.config.GlobalSettings.ConnectionLog;
import org.relayd.ir.term.Dialect;

/**
 * What relays need to know of the settings of the whole daemon.
 *
 * @param dialect
 *            decides the class of session lines: in dialect 5.1 all are information, in the current one errors are
 *            warnings
 * @param sessions
 *            which sessions get a line; for dialect 5.1 all or none
 */
public record RelaySettings(Dialect dialect, ConnectionLog sessions) {}
