/**
 * {@code relayctl doctor}: looks at the machine for reasons why traffic would not flow. Reads files and
 * runs programs of the system.
 */
package org.relayd.ctl.doctor;
