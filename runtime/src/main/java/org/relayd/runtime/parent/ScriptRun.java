package org.relayd.runtime.parent;

import java.time.Duration;

/**
 * One run of a check script. relayd.conf(5): TABLES, {@code check script}.
 *
 * @param path
 *            the program; searched in PATH if it has no slash
 * @param host
 *            its only argument: the host's name as written in the file
 * @param timeout
 *            time after which it is killed
 */
public record ScriptRun(String path, String host, Duration timeout) {}
