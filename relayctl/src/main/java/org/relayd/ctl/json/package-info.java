/**
 * What relayctl(8) prints with {@code --json}: the objects of its section JSON. Nothing is asked of the daemon here,
 * and nothing printed.
 */
package org.relayd.ctl.json;
