/**
 * OpenBSD and FreeBSD: pf(4) by way of /dev/pf and pfctl(8), routes by the routing socket, carp(4). What the kernel
 * gets is built from the facts in {@code abi}; nothing here was run on a BSD, so every argument is compared with those
 * facts byte by byte in tests.
 */
package org.relayd.runtime.platform.bsd;
