/** TLS on Netty channels: those of portable wires and of health checks. Nothing here knows what is said over them. */
package org.relayd.runtime.tls.channel;
