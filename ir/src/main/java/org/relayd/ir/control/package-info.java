/**
 * What relayctl(8) and the daemon say to each other over the control socket, and its bytes. Pure: no sockets, no
 * libraries.
 *
 * <p>
 * The client sends one {@link org.relayd.ir.control.ControlRequest}; the daemon answers with {@link
 * org.relayd.ir.control.ControlReply}s, of which the last says how the command went. Each is one frame of {@link
 * org.relayd.ir.control.ControlCodec}. The protocol is private to one version of relayd: what scripts may rely on is
 * the output of relayctl(8).
 */
package org.relayd.ir.control;
