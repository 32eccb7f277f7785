/**
 * Redirections, relays and routers: options of a section in the order of the file, then what the section as a
 * whole must have. relayd.conf(5): REDIRECTIONS, RELAYS, ROUTERS. A section in which an error was found comes to
 * nothing but keeps its id.
 */
package org.relayd.compiler.check.section;
