package org.relayd.runtime.platform;

/**
 * The kernel's services for one daemon.
 *
 * @param filter
 *            its packet filter
 * @param routes
 *            its routing table
 * @param demotion
 *            its demotion counters, or what stands for them
 * @param footprint
 *            what processes leave in it that are killed
 */
public record Kernel(PacketFilter filter, RouteTable routes, CarpDemotion demotion, Footprint footprint) {}
