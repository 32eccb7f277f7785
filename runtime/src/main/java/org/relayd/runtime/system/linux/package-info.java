/**
 * The calls of Linux that are made by {@code java.lang.foreign}, and the numbers of its sockets, each once. Nothing
 * here holds state or knows what a call is for.
 *
 * <p>
 * What neither the JDK nor Netty offers is called in one of two ways:
 * <ul>
 * <li><b>JNR</b>, where calls are rare and structs many: netlink and nftables on Linux, pf, routes and demotion on the
 * BSDs, syslog(3) and setsid(2). Its start costs 320 to 450 ms of processor time, so it is loaded with the first call,
 * which a daemon without redirections, routers and {@code demote} in the foreground never makes. One interface for each
 * library, in the packages below {@code org.relayd.runtime.platform}.
 * <li><b>java.lang.foreign</b>, here, for the sockets of relays, which are called for each block that moves,
 * and for the few calls at the start that are not worth the start of JNR: ICMP sockets, the rights of threads, and
 * processes. All are made through one shape of call, since a stub of its own for each
 * would cost a quarter of the start.
 * </ul>
 * Neither is loaded by {@code relayd -n}, relayd-compile and relayctl.
 */
package org.relayd.runtime.system.linux;
