/** Which library speaks TLS on this machine; the one place that knows all of them. */
package org.relayd.runtime.tls.library;
