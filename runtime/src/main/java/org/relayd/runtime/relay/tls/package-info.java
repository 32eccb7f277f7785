/**
 * What relays speak TLS with: the files of their certificates and keys, policies by the words of relayd.conf(5), and
 * the contexts of each relay, which a reload renews. How a connection is spoken on stands in
 * {@code org.relayd.runtime.tls}; nothing in here knows sessions but for what they hold.
 */
package org.relayd.runtime.relay.tls;
