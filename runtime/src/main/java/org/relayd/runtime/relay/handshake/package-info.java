/**
 * The handshake with clients that speak TLS, which comes before everything else is spoken; targets are spoken with by
 * {@link org.relayd.runtime.relay.session.TargetConnection}. What must not come in: what is spoken then, and how TLS
 * works, which is {@link org.relayd.runtime.tls}.
 */
package org.relayd.runtime.relay.handshake;
