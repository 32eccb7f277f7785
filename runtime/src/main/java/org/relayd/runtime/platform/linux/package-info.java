/**
 * Linux: nftables by way of libnftables, routes by rtnetlink, both in this process. Calls go through JNR, which takes a
 * while to start: nothing here is touched unless a configuration needs it.
 */
package org.relayd.runtime.platform.linux;
