/**
 * The packet filter engine: from states of hosts to operations of the kernel. Decides which table of a redirection is
 * in use, keeps hosts and rules in step with it, adds and removes routes, demotes. Knows no kernel:
 * {@link org.relayd.runtime.platform} executes.
 */
package org.relayd.runtime.pfe;
