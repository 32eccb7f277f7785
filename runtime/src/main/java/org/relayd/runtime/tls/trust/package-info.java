/**
 * Whether the certificates of another end are good: chain, dates, purpose and name (RFC 5280, RFC 9525), by the JDK's
 * path builder on threads of its own. Whether a certificate was revoked is not asked. No files and no connections.
 */
package org.relayd.runtime.tls.trust;
