package org.relayd.ir.config;

import org.relayd.ir.term.AccessLogFormat;

/**
 * {@code log access to file [format name]}: a line for each HTTP request. relayd.conf(5): EXTENSIONS.
 *
 * @param file
 *            absolute path; all access logs of a configuration with one path have one format
 * @param format
 *            what the lines look like
 */
public record AccessLog(String file, AccessLogFormat format) {}
