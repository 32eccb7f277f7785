/** Redirections in the terms of pf.conf(5): what the compiler prints, and makes the images of all back ends of. */
package org.relayd.ir.pf;
