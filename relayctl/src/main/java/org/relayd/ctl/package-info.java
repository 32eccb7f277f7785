/** relayctl(8): a client of the control socket. Depends on ir and the JDK only, so that it starts fast. */
package org.relayd.ctl;
