/**
 * The choice of a target: tables in order, hosts by mode (relayd.conf(5): mode), addresses mapped between families.
 * Pure but for the place that round robin has reached; knows no connections.
 */
package org.relayd.runtime.relay.select;
