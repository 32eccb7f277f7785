/**
 * What stage 6 hands to the kernel's side of the runtime: for each back end the exact terms of its packet filter, and
 * for all of them the routers, with the ids by which the runtime names what changes. Values only, without the
 * configuration that they were made of: they could be written to a socket.
 */
package org.relayd.ir.image;
