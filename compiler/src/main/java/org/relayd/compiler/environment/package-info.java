/**
 * Environments that need no machine: files that describe one, and the names of services and protocols that every machine has.
 */
package org.relayd.compiler.environment;
