/**
 * What a service manager and this program tell each other, as systemd has it: sd_notify(3), sd_listen_fds(3) and
 * systemd.exec(5). Programs that are not started by one are as if nobody listened.
 */
package org.relayd.runtime.parent.service;
