package org.relayd.runtime.hce;

import org.relayd.ir.config.GlobalSettings.LogSettings;
import org.relayd.ir.term.Dialect;

/**
 * Which lines about hosts are logged, and in which words.
 *
 * @param dialect
 *            whose words are used
 * @param stateChanges
 *            a line when a check changes the state of a host
 * @param hostChecks
 *            a line when a check leaves it as it was
 */
public record HealthLog(Dialect dialect, boolean stateChanges, boolean hostChecks) {

    /**
     * Creates the settings of a configuration.
     *
     * @param foreground
     *            whether relayd(8) stays in the foreground, where changes are always shown
     */
    public static HealthLog of(Dialect dialect, LogSettings settings, boolean foreground) {
        return new HealthLog(dialect, settings.stateChanges() || foreground, settings.hostChecks());
    }
}
