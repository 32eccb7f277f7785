/**
 * The control socket: takes the requests of relayctl(8) and hands them to a {@link
 * org.relayd.runtime.control.ControlService}.
 *
 * <p>
 * Who may connect is decided by the mode of the socket file. Requests are bounded in size, number and time; no client
 * can hold up another or the daemon. What a request means is not decided here.
 */
package org.relayd.runtime.control;
