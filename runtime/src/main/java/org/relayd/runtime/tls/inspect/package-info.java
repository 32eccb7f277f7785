/**
 * TLS inspection: certificates in the names of targets, signed by an authority of our own, for clients whose
 * connections are looked into. No files, no connections: who asks for a certificate has the target's already.
 */
package org.relayd.runtime.tls.inspect;
