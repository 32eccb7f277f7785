/**
 * What relayd offers when it speaks TLS: versions, cipher suites and groups for key exchange, and how the words of
 * relayd.conf(5) choose among them. Whoever checks a configuration and whoever carries it out read the words here, so
 * that a check tells what will happen. What is offered is what BoringSSL has; a test of the runtime compares the two.
 */
package org.relayd.ir.tls;
