/**
 * TLS between memory and memory: what a configuration asks for ({@link org.relayd.runtime.tls.ServerPolicy},
 * {@link org.relayd.runtime.tls.ClientPolicy}), who one is ({@link org.relayd.runtime.tls.Identity}), and the stream of
 * one connection ({@link org.relayd.runtime.tls.TlsStream}), whichever library makes it. No sockets, no sessions, no
 * files; libraries stand in packages below.
 */
package org.relayd.runtime.tls;
